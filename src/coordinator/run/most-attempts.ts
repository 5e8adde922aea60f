import type { TaskRecord } from './state/state.ts';
import { agentOf, launches } from './transition/transition.ts';

/**
 * Maximum number of attempts up to and including the current agent. Each wait for a provider adds one, because it uses
 * up no retry.
 */
export function mostAttempts(record: TaskRecord): number {
  const { retries, state } = record;
  const left = Math.max(0, (agentOf(record)?.maxRetries ?? 0) - retries);
  const begun = launches(record);
  const waits = ['waiting', 'ready', 'held', 'blocked'].includes(state.kind);
  return begun + left + (waits || begun === 0 ? 1 : 0);
}
