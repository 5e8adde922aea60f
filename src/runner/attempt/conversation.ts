import type { Writable } from 'node:stream';
import type { ConversationFormat } from '../../agents/contract/agent.ts';
import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import { followMessages } from '../../store/attempts/messages.ts';
import type { Keyboard, TypedLines } from '../keyboard/keyboard.ts';

export interface ConversationDeps {
  readonly stdin: Writable;
  /** `null`: typed input goes to the agent unchanged. */
  readonly format: ConversationFormat | null;
  /** The attempt's directory, which receives messages (absolute). */
  readonly directory: string;
  readonly keyboard: Keyboard | null;
  /** A person's message was sent to the agent. */
  readonly onSent: (text: string) => void;
  /** A person's message was not sent: the agent no longer accepts messages. */
  readonly onRejected: (text: string) => void;
}

/** An agent may answer a message in the current turn or in a next one, which starts within this time, ms. */
const NEXT_TURN_MS = 2000;
/** The conversation stays open for this long after the last key of an unsent line, ms. */
const PATIENCE_MS = 60_000;

/**
 * Sends messages to an agent while it works: first the prompt, then the lines that a person types or leaves in the
 * attempt's directory. It ends with the agent's turn, unless a person is typing. It then closes the agent's input, because
 * some agents wait for its end before they exit.
 */
export class Conversation implements Disposable {
  readonly #deps: ConversationDeps;
  readonly #sources: Disposable[] = [];
  #typed: TypedLines | null = null;
  #sent = 0;
  #endedTurns = 0;
  #closing: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(deps: ConversationDeps, prompt: string | null) {
    this.#deps = deps;
    const { format, keyboard, stdin } = deps;
    if (prompt !== null) {
      this.#send(prompt);
    }
    this.#sources.push(followMessages(deps.directory, ({ text }) => this.#deliver(text)));
    if (format !== null) {
      this.#typed = keyboard?.lines((text) => this.#deliver(text)) ?? null;
    } else if (keyboard !== null) {
      keyboard.pipe(stdin);
    } else {
      this.#close();
    }
  }

  /** Handles one line of the agent's output. */
  onOutputLine(line: string): void {
    const { format } = this.#deps;
    if (format === null || this.#isClosed) {
      return;
    }
    clearTimeout(this.#closing);
    if (!format.endsTurn(line)) {
      return;
    }
    this.#endedTurns += 1;
    this.#closeAfter(this.#sent > this.#endedTurns ? NEXT_TURN_MS : 0);
  }

  dispose(): void {
    this.#close();
    disposeAll(this.#sources);
  }

  #closeAfter(ms: number): void {
    this.#closing = setTimeout(() => this.#closeUnlessTyping(), ms);
  }

  #closeUnlessTyping(): void {
    if ((this.#typed?.idleMs() ?? Infinity) < PATIENCE_MS) {
      this.#closeAfter(NEXT_TURN_MS / 4);
    } else {
      this.#close();
    }
  }

  #deliver(text: string): void {
    if (this.#isClosed || text.trim() === '') {
      if (text.trim() !== '') {
        this.#deps.onRejected(text);
      }
      return;
    }
    clearTimeout(this.#closing);
    this.#send(text);
    this.#deps.onSent(text);
  }

  #send(text: string): void {
    const { format, stdin } = this.#deps;
    this.#sent += 1;
    stdin.write(format?.message(text) ?? (text.endsWith('\n') ? text : `${text}\n`));
  }

  #close(): void {
    if (this.#isClosed) {
      return;
    }
    this.#isClosed = true;
    clearTimeout(this.#closing);
    this.#typed?.dispose();
    this.#deps.stdin.end();
  }
}
