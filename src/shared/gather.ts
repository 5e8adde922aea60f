import type { Disposable } from './disposable.ts';

/** Calls `call` once after `ms`, unless disposed before. */
type After = (ms: number, call: () => void) => Disposable;

/**
 * Gathers changes: the first after a pause is passed on in the next turn, later ones together, at most once in `ms`. The
 * last change is never lost.
 */
export class Gather implements Disposable {
  readonly #ms: number;
  readonly #pass: () => void;
  readonly #after: After;
  #scheduled: Disposable | null = null;
  /** Set for `ms` after a change was passed on. */
  #pause: Disposable | null = null;
  #changedInPause = false;

  constructor(ms: number, pass: () => void, after: After) {
    this.#ms = ms;
    this.#pass = pass;
    this.#after = after;
  }

  /** Something changed. */
  notify(): void {
    if (this.#pause !== null) {
      this.#changedInPause = true;
      return;
    }
    this.#scheduled ??= this.#after(0, () => {
      this.#scheduled = null;
      this.#fire();
    });
  }

  dispose(): void {
    this.#scheduled?.dispose();
    this.#pause?.dispose();
    this.#scheduled = null;
    this.#pause = null;
    this.#changedInPause = false;
  }

  #fire(): void {
    this.#pause = this.#after(this.#ms, () => {
      this.#pause = null;
      if (this.#changedInPause) {
        this.#changedInPause = false;
        this.#fire();
      }
    });
    this.#pass();
  }
}
