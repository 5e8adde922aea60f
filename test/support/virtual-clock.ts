import type { Disposable } from '../../src/shared/disposable.ts';
import type { Clock } from '../../src/system/clock.ts';

/** A clock that a test advances. It can be set back, as on a real machine, while its timers continue. */
export class VirtualClock implements Clock {
  #wall: number;
  #passed = 0;
  readonly #timers = new Set<{ readonly due: number; readonly call: () => void }>();

  constructor(now = 1_000_000) {
    this.#wall = now;
  }

  now(): number {
    return this.#wall;
  }

  after(ms: number, call: () => void): Disposable {
    const timer = { due: this.#passed + ms, call };
    this.#timers.add(timer);
    return { dispose: () => void this.#timers.delete(timer) };
  }

  /** Advances the time and calls the timers that are due, in order. */
  pass(ms: number): void {
    this.#wall += ms;
    this.#passed += ms;
    const due = [...this.#timers].filter((timer) => timer.due <= this.#passed);
    for (const timer of due.sort((a, b) => a.due - b.due)) {
      if (this.#timers.delete(timer)) {
        timer.call();
      }
    }
  }

  /** Sets the wall clock; no time passes. */
  set(now: number): void {
    this.#wall = now;
  }
}
