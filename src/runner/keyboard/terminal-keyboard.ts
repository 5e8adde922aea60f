import { emitKeypressEvents } from 'node:readline';
import type { Writable } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { monotonicMs } from '../../system/monotonic.ts';
import type { InputLine } from '../terminal/input-line.ts';
import type { Keyboard, TypedLines } from './keyboard.ts';
import { type Key, LineEditor } from './line-editor.ts';

/** Input from a terminal. A person edits a line of its own, below the agent's output. */
export class TerminalKeyboard implements Keyboard {
  readonly #terminal: ReadStream;
  readonly #line: InputLine;
  readonly #interrupt: () => void;

  /** `interrupt`: called on Ctrl-C while a line is edited, because the terminal then sends no signal. */
  constructor(terminal: ReadStream, line: InputLine, interrupt: () => void) {
    this.#terminal = terminal;
    this.#line = line;
    this.#interrupt = interrupt;
  }

  pipe(to: Writable): void {
    this.#terminal.pipe(to);
  }

  lines(listener: (text: string) => void): TypedLines {
    const editor = new LineEditor();
    let lastKey = -Infinity;
    const onKey = (_text: string | undefined, key: Key): void => {
      lastKey = monotonicMs();
      const pressed = editor.press(key);
      if (pressed.kind === 'interrupt') {
        this.#interrupt();
      } else if (pressed.kind !== 'ignored') {
        this.#line.show(editor);
      }
      if (pressed.kind === 'sent') {
        listener(pressed.text);
      }
    };
    emitKeypressEvents(this.#terminal);
    this.#terminal.on('keypress', onKey);
    this.#terminal.setRawMode(true).resume();
    this.#line.show(editor);
    return {
      idleMs: () => (editor.text === '' ? Infinity : monotonicMs() - lastKey),
      dispose: () => {
        this.#terminal.off('keypress', onKey);
        this.#terminal.setRawMode(false).pause();
        this.#line.close();
      },
    };
  }
}
