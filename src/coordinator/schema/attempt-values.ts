/*
 * The values that fields of the attempt protocol may have. This file loads no schemas, so that the runner, which checks a
 * specification without them, uses the same lists.
 */

/** `terminal`: the agent's own user interface has the terminal, and a person decides about the result. */
export const STDIN_MODES = ['closed', 'prompt', 'conversation', 'terminal'] as const;

/** What is launched: a task, a task's own test, or one of the run's own checks. */
export const JOBS = ['task', 'task_test', 'refresh', 'baseline', 'tests'] as const;
