import type { AttemptSpec } from '../../coordinator/schema/attempt.ts';

/** What names an attempt among all. */
export type AttemptName = Pick<AttemptSpec, 'run' | 'job' | 'task' | 'attempt'>;

/**
 * The environment variables by which every process of an attempt is recognised, however far it has strayed from its
 * parents. The agent may read them too. `PARALLEL_GROUPS_TASK` is the task's key; for a check of the run its job's name.
 */
export function attemptMarker(attempt: AttemptName): Readonly<Record<string, string>> {
  return {
    PARALLEL_GROUPS_RUN: attempt.run,
    PARALLEL_GROUPS_TASK: attempt.task ?? attempt.job,
    PARALLEL_GROUPS_ATTEMPT: String(attempt.attempt),
  };
}
