import type { TaskStatus } from '../../../shared/status.ts';
import { unreachable } from '../../../shared/unreachable.ts';
import type { RunState } from '../state/state.ts';

/** Status and exit code of a finished run; if several codes apply: 130, 4, 1, 3. */
export function judgeRun(run: RunState): {
  readonly status: TaskStatus;
  readonly exitCode: number;
} {
  const kinds = new Set(run.order.map(({ state }) => state.kind));
  if (run.cancelled || kinds.has('cancelled')) {
    return { status: 'cancelled', exitCode: 130 };
  }
  if (run.timedOut) {
    return { status: 'failed', exitCode: 4 };
  }
  if (kinds.has('failed') || testsObject(run)) {
    return { status: 'failed', exitCode: 1 };
  }
  return kinds.has('blocked')
    ? { status: 'blocked', exitCode: 3 }
    : { status: 'completed', exitCode: 0 };
}

/**
 * Whether the suite failed, or is required and gave no result: no tests, or none that ran, are not a pass. Proven tasks
 * are closed exactly if this is `false`.
 */
export function testsObject(run: RunState): boolean {
  const { state } = run.suites.tests;
  const status = state.kind === 'ended' ? (state.tests?.status ?? 'failed') : 'none';
  switch (status) {
    case 'passed':
      return false;
    case 'failed':
      return true;
    case 'none':
    case 'skipped':
      return testsAreMissing(run);
    default:
      return unreachable(status);
  }
}

/** Whether tests are required, have ended, and gave no result. */
export function testsAreMissing(run: RunState): boolean {
  const { state } = run.suites.tests;
  const status = state.kind === 'ended' ? (state.tests?.status ?? 'failed') : 'none';
  const silent = status === 'none' || status === 'skipped';
  return silent && run.plan.testsRequired && run.completed > 0;
}
