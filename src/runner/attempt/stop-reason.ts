import type { ProcessEnd } from '../../agents/contract/adapter.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { watchCancel } from './watch-cancel.ts';

export type StopReason = NonNullable<ProcessEnd['stopped']>;

/** The longest that a timer can wait, ms; a longer limit (24 days) is as good as none. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Settles with the first reason for which we stop an attempt ourselves; never, if there is none. */
export interface Stop extends Disposable {
  readonly reason: Promise<StopReason>;
}

/** Begins to wait for the time limit, for the `cancel` file, and for `cancelled`. */
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
