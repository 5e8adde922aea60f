import { join, sep } from 'node:path';
import type { Job } from '../../coordinator/schema/attempt.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { encodeName } from '../../system/encode-name.ts';

/** The files of one attempt, as absolute paths. */
export interface AttemptFiles {
  /** The specification, written before the launch. */
  readonly spec: string;
  /** The agent's prompt; absent for an attempt without one. */
  readonly prompt: string;
  readonly claim: string;
  /** If this file exists, the runner stops the attempt. */
  readonly cancel: string;
  /** A directory of messages that a person sends to the agent while it works. */
  readonly messages: string;
  /** Reports of the hooks of a program that owns the terminal, one JSON object a line. */
  readonly hooks: string;
  /** The attempt's events, one JSON object a line. Only the runner writes it. */
  readonly events: string;
  /** The program's output; if it is too long, the middle is left out. */
  readonly output: string;
  /** The agent's result for other tasks, JSON, optional. Only the agent writes it. */
  readonly result: string;
  /** The program's own usage report, for programs whose events do not include usage. */
  readonly usage: string;
}

/** The name of the usage report; a program gets its path on the command line. */
export const USAGE_FILE = 'usage.json';

/** The directory of attempt `attempt` of a task or of one of the run's suite jobs, below the run's directory. */
export function attemptDirectory(
  runDirectory: string,
  of: TaskKey | Exclude<Job, 'task' | 'task_test'>,
  attempt: number,
): string {
  return join(runDirectory, 'attempts', encodeName(of), String(attempt));
}

/** The directory of the nth run of a task's own test, below the attempt that it verifies. */
export function testDirectory(attempt: string, nth: number): string {
  return join(attempt, 'test', String(nth));
}

/** The files of the attempt in `directory` (absolute). */
export function attemptFiles(directory: string): AttemptFiles {
  // Concatenation is faster than ten calls of `join`; every step of every attempt needs these paths.
  const within = `${directory}${sep}`;
  return {
    spec: `${within}attempt.json`,
    prompt: `${within}prompt.md`,
    claim: `${within}claim`,
    cancel: `${within}cancel`,
    messages: `${within}messages`,
    hooks: `${within}hooks.jsonl`,
    events: `${within}events.jsonl`,
    output: `${within}output.log`,
    result: `${within}result.json`,
    usage: `${within}${USAGE_FILE}`,
  };
}
