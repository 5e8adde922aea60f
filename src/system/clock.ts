import type { Disposable } from '../shared/disposable.ts';

/** A source of time that tests can replace. */
export interface Clock {
  /** ms since the epoch. */
  now(): number;
  /** Calls `call` once after `ms`, unless disposed before. */
  after(ms: number, call: () => void): Disposable;
}

/** The machine's clock. Its timers keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, Math.min(ms, 2147483647));
    return {
      dispose: () => {
        clearTimeout(timer);
      },
    };
  },
};
