import type { RunEventBody } from '../../coordinator/schema/events.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';

/** A run that is held back from outside of it. */
export interface GuardedRun {
  readonly state: RunState;
  readonly post: (event: RunEventBody) => void;
}

/** Tasks that the run would start at once if nothing outside of it held them back. */
export function readyTasks({ ended, cancelled, phase, ready }: RunState): number {
  if (ended !== null || cancelled || phase === 'post_execution') {
    return 0;
  }
  let count = 0;
  for (const queue of ready.values()) {
    count += queue.size;
  }
  return count;
}
