import type { Readable, Writable } from 'node:stream';
import { LineSplitter } from '../output/line-splitter.ts';
import type { Keyboard, TypedLines } from './keyboard.ts';

/** Input without a terminal: lines as they arrive. */
export class PipedKeyboard implements Keyboard {
  readonly #input: Readable;

  constructor(input: Readable) {
    this.#input = input;
  }

  pipe(to: Writable): void {
    this.#input.pipe(to);
  }

  lines(listener: (text: string) => void): TypedLines {
    const lines = new LineSplitter(listener);
    const onData = (chunk: Buffer): void => lines.push(chunk);
    this.#input.on('data', onData);
    return {
      idleMs: () => Infinity,
      dispose: () => {
        this.#input.off('data', onData).pause();
      },
    };
  }
}
