import type { Writable } from 'node:stream';
import type { ConversationFormat } from '../../agents/conversation.ts';
import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import { followMessages } from '../../store/attempts/messages.ts';
import type { Keyboard, TypedLines } from '../keyboard/keyboard.ts';

/** What a conversation is held with, and who is told of it. */
export interface ConversationDeps {
  readonly stdin: Writable;
  /** `null`: what is typed is passed on as it is. */
  readonly format: ConversationFormat | null;
  /** The attempt's directory, where messages are left (absolute). */
  readonly directory: string;
  readonly keyboard: Keyboard | null;
  /** A person's words have gone to the agent. */
  readonly told: (text: string) => void;
  /** A person's words have not: it takes none any more. */
  readonly unheard: (text: string) => void;
}

/** A turn may take up what was said meanwhile, or leave it to the next, which begins at once; ms. */
const NEXT_TURN_MS = 2000;
/** Whoever is typing is waited for, this long after the last key, ms. */
const PATIENCE_MS = 60_000;

/**
 * Talks with an agent while it works: the prompt first, then what a person types or leaves in the attempt's directory.
 * It is over when the agent's turn is, unless somebody is just typing. The agent's input then ends: some wait for ever
 * for an end that does not come.
 */
export class Conversation implements Disposable {
  readonly #parts: ConversationDeps;
  readonly #sources: Disposable[] = [];
  #typed: TypedLines | null = null;
  #said = 0;
  #turns = 0;
  #ending: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(parts: ConversationDeps, prompt: string | null) {
    this.#parts = parts;
    const { format, keyboard, stdin } = parts;
    if (prompt !== null) {
      this.#send(prompt);
    }
    this.#sources.push(followMessages(parts.directory, ({ text }) => this.#say(text)));
    if (format !== null) {
      this.#typed = keyboard?.lines((text) => this.#say(text)) ?? null;
    } else if (keyboard !== null) {
      keyboard.pipe(stdin);
    } else {
      this.#over();
    }
  }

  /** Takes one line of the agent's output. */
  heard(line: string): void {
    const { format } = this.#parts;
    if (format === null || this.#isOver) {
      return;
    }
    clearTimeout(this.#ending);
    if (!format.endsTurn(line)) {
      return;
    }
    this.#turns += 1;
    this.#endAfter(this.#said > this.#turns ? NEXT_TURN_MS : 0);
  }

  dispose(): void {
    this.#over();
    disposeAll(this.#sources);
  }

  #endAfter(ms: number): void {
    this.#ending = setTimeout(() => this.#endUnlessTyping(), ms);
  }

  #endUnlessTyping(): void {
    if ((this.#typed?.idleMs() ?? Infinity) < PATIENCE_MS) {
      this.#endAfter(NEXT_TURN_MS / 4);
    } else {
      this.#over();
    }
  }

  #say(text: string): void {
    if (this.#isOver || text.trim() === '') {
      if (text.trim() !== '') {
        this.#parts.unheard(text);
      }
      return;
    }
    clearTimeout(this.#ending);
    this.#send(text);
    this.#parts.told(text);
  }

  #send(text: string): void {
    const { format, stdin } = this.#parts;
    this.#said += 1;
    stdin.write(format?.message(text) ?? (text.endsWith('\n') ? text : `${text}\n`));
  }

  #over(): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    clearTimeout(this.#ending);
    this.#typed?.dispose();
    this.#parts.stdin.end();
  }
}
