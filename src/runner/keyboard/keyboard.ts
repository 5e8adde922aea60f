import type { Writable } from 'node:stream';
import type { Disposable } from '../../shared/disposable.ts';

/** Lines that are typed. */
export interface TypedLines extends Disposable {
  /** How long ago the last key was pressed, ms, where a line has been begun and not sent; else `Infinity`. */
  idleMs(): number;
}

/** What a person types in the terminal of an attempt. */
export interface Keyboard {
  /** Passes every key on as it comes. */
  pipe(to: Writable): void;
  /** Gives out whole lines from now on. */
  lines(listener: (text: string) => void): TypedLines;
}
