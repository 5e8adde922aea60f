import type { AttemptSpec } from '../../coordinator/schema/attempt.ts';

/** The fields that identify an attempt. */
export type AttemptName = Pick<AttemptSpec, 'run' | 'job' | 'task' | 'attempt'>;

/**
 * The environment variables that identify every process of an attempt, even one that has lost its parents. The agent may
 * read them too. `PARALLEL_GROUPS_TASK` is the task's key, or the job's name for a suite job.
 */
export function attemptMarker(attempt: AttemptName): Readonly<Record<string, string>> {
  return {
    PARALLEL_GROUPS_RUN: attempt.run,
    PARALLEL_GROUPS_TASK: attempt.task ?? attempt.job,
    PARALLEL_GROUPS_ATTEMPT: String(attempt.attempt),
  };
}
