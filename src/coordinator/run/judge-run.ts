import type { RunState } from './state.ts';
import type { TaskStatus } from '../../shared/status.ts';

/** Status and exit code of a run that has nothing left to do; where several codes apply: 130, 1, 3. */
export function judgeRun(run: RunState): {
  readonly status: TaskStatus;
  readonly exitCode: number;
} {
  const kinds = new Set(run.order.map(({ state }) => state.kind));
  if (run.cancelled || kinds.has('cancelled')) {
    return { status: 'cancelled', exitCode: 130 };
  }
  if (kinds.has('failed') || testsFailed(run)) {
    return { status: 'failed', exitCode: 1 };
  }
  return kinds.has('blocked')
    ? { status: 'blocked', exitCode: 3 }
    : { status: 'completed', exitCode: 0 };
}

/** Whether the suite spoke against the run, or had to speak and did not. */
function testsFailed(run: RunState): boolean {
  const { state } = run.checks.tests;
  if (state.kind === 'ended') {
    const status = state.tests?.status ?? 'failed';
    return status === 'failed' || (status === 'none' && run.plan.testsRequired);
  }
  return run.plan.testsRequired && run.completed > 0;
}
