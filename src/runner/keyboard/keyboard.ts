import type { Writable } from 'node:stream';
import type { Disposable } from '../../shared/disposable.ts';

/** A subscription to typed lines. */
export interface TypedLines extends Disposable {
  /** Time since the last key of an unsent line, ms; `Infinity` if the line is empty. */
  idleMs(): number;
}

/** The input of a person in the terminal of an attempt. */
export interface Keyboard {
  /** Passes on every key unchanged. */
  pipe(to: Writable): void;
  /** Starts to deliver whole lines. */
  lines(listener: (text: string) => void): TypedLines;
}
