import type { ProcessEnd } from '../../agents/contract/adapter.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { watchCancel } from './watch-cancel.ts';

export type StopReason = NonNullable<ProcessEnd['stopped']>;

/** The longest possible timer, ms (24 days). A longer limit is shortened to it. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** `reason` resolves with the first reason to stop an attempt; without one it never resolves. */
export interface Stop extends Disposable {
  readonly reason: Promise<StopReason>;
}

/** Waits for the time limit, for the `cancel` file and for `cancelled`. */
export function stopReason(directory: string, timeoutMs: number, cancelled: AbortSignal): Stop {
  let resolve: (reason: StopReason) => void = () => undefined;
  const reason = new Promise<StopReason>((settle) => (resolve = settle));
  const cancel = (): void => resolve({ reason: 'cancelled' });
  const watch = watchCancel(directory, cancel);
  const timer = setTimeout(
    () => resolve({ reason: 'timeout', limitMs: timeoutMs }),
    Math.min(timeoutMs, LONGEST_TIMER_MS),
  );
  if (cancelled.aborted) {
    cancel();
  } else {
    cancelled.addEventListener('abort', cancel);
  }
  return {
    reason,
    dispose: () => {
      watch.dispose();
      clearTimeout(timer);
      cancelled.removeEventListener('abort', cancel);
    },
  };
}
