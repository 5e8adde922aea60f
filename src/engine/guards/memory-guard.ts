import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import type { Disposable } from '../../shared/disposable.ts';
import type { Clock } from '../../system/clock.ts';
import type { GuardedRun } from '../contract/guards.ts';
import { readyTasks } from './concurrency-allocator.ts';

/** How often to read the free memory while a task is ready to start, ms. */
const INTERVAL_MS = 2000;

/** Pauses launches while too little memory is free. Reads the memory only while a task is ready to start. */
export class MemoryGuard implements Disposable {
  readonly #run: GuardedRun;
  readonly #leastMib: number;
  readonly #clock: Clock;
  readonly #freeMib: () => number;
  #timer: Disposable | null = null;
  /** The state that was last posted to the run. The run may not have processed it yet. */
  #braked: boolean;

  /** `leastMib` 0 turns the guard off. */
  constructor(run: GuardedRun, leastMib: number, clock: Clock, freeMib: () => number) {
    this.#run = run;
    this.#leastMib = leastMib;
    this.#clock = clock;
    this.#freeMib = freeMib;
    this.#braked = run.state.policy.launchPaused !== null;
  }

  /** Handles a change of the run. */
  check(): void {
    if (this.#timer === null && (readyTasks(this.#run.state) > 0 || this.#braked)) {
      this.#measure();
    }
  }

  dispose(): void {
    this.#timer?.dispose();
    // A placeholder keeps the timer from starting again.
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
        this.check();
      });
    }
  }
}

const BYTES_PER_MIB = 1024 * 1024;

/** Memory available to programs, MiB. On Linux it includes the cache. */
export function freeMemoryMib(): number {
  if (process.platform === 'linux') {
    try {
      const kib = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
      if (kib !== undefined) {
        return Math.floor(Number(kib) / 1024);
      }
    } catch {
      // A system without /proc: falls back to the general value.
    }
  }
  return Math.floor(freemem() / BYTES_PER_MIB);
}
