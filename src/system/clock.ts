import type { Disposable } from '../shared/disposable.ts';

/** Time, as a value that tests can turn. */
export interface Clock {
  /** ms since the epoch. */
  now(): number;
  /** Calls once after `ms`, unless disposed before. */
  after(ms: number, call: () => void): Disposable;
}
/** The machine's own clock. Its timers do not keep the process alive. */
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
