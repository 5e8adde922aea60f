import type { Disposable } from './disposable.ts';

/** Calls `call` once after `ms`, unless disposed before. */
type After = (ms: number, call: () => void) => Disposable;

/**
 * Batches notifications: delivers the first after a pause in the next turn, and later ones together, at most once per
 * `ms`. Never loses the last one.
 */
export class Gather implements Disposable {
  readonly #ms: number;
  readonly #deliver: () => void;
  readonly #after: After;
  #scheduled: Disposable | null = null;
  /** Set for `ms` after a delivery. */
  #pause: Disposable | null = null;
  #changedInPause = false;

  constructor(ms: number, deliver: () => void, after: After) {
    this.#ms = ms;
    this.#deliver = deliver;
    this.#after = after;
  }

  /** Reports a change. */
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
    this.#deliver();
  }
}
