import type { TaskRecord } from '../state/state.ts';

/** Whether a task's own test may be running, which can be stopped like an attempt. */
export function isTested({ state, planned }: TaskRecord): boolean {
  return state.kind === 'verifying' && state.stage === 'requested' && planned.test !== null;
}
