import type { TaskRecord } from '../state/state.ts';

/** Whether a test of its own may run for a task just now, which can be stopped as an attempt can. */
export function isTested({ state, planned }: TaskRecord): boolean {
  return state.kind === 'verifying' && state.stage === 'requested' && planned.test !== null;
}
