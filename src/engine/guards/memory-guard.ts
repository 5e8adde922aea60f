import type { Disposable } from '../../shared/disposable.ts';
import type { Clock } from '../../system/clock.ts';
import { type GuardedRun } from '../contract/guards.ts';
import { readyTasks } from './concurrency-allocator.ts';

/** How often the memory is read while something is ready to start, ms. */
const INTERVAL_MS = 2000;

/** Launches nothing while too little memory is free. It looks only while there is something to launch. */
export class MemoryGuard implements Disposable {
  readonly #run: GuardedRun;
  readonly #leastMib: number;
  readonly #clock: Clock;
  readonly #freeMib: () => number;
  #timer: Disposable | null = null;
  /** What the run was told last. It may not have heard of it. */
  #braked: boolean;

  /** `leastMib` 0: it never brakes. */
  constructor(run: GuardedRun, leastMib: number, clock: Clock, freeMib: () => number) {
    this.#run = run;
    this.#leastMib = leastMib;
    this.#clock = clock;
    this.#freeMib = freeMib;
    this.#braked = run.state.policy.launchPaused !== null;
  }

  /** Something happened to the run. */
  look(): void {
    if (this.#timer === null && (readyTasks(this.#run.state) > 0 || this.#braked)) {
      this.#measure();
    }
  }

  dispose(): void {
    this.#timer?.dispose();
    // Nothing is looked at any more.
    this.#timer = { dispose: () => undefined };
  }

  #measure(): void {
    const free = this.#leastMib === 0 ? Infinity : this.#freeMib();
    const braked = free < this.#leastMib;
    if (braked !== this.#braked) {
      this.#braked = braked;
      const reason = `only ${free} MiB of memory are free, ${this.#leastMib} are kept free`;
      this.#run.post({ type: 'launch_pause.changed', reason: braked ? reason : null });
    }
    if (this.#leastMib > 0) {
      this.#timer = this.#clock.after(INTERVAL_MS, () => {
        this.#timer = null;
        this.look();
      });
    }
  }
}
