import { join, sep } from 'node:path';
import type { Job } from '../../coordinator/schema/attempt.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { encodeName } from '../../system/encode-name.ts';

/** The files of one attempt, as absolute paths. */
export interface AttemptFiles {
  /** The specification, written before the launch. */
  readonly spec: string;
  /** What the agent is told; absent where there is nothing to say. */
  readonly prompt: string;
  readonly claim: string;
  /** Its existence asks the runner to stop. */
  readonly cancel: string;
  /** A directory with what a person has to say to the agent while it works. */
  readonly messages: string;
  /** What the hooks of a program tell that has the terminal, one JSON object a line. */
  readonly hooks: string;
  /** What happened, one JSON object a line, written by the runner alone. */
  readonly events: string;
  /** What the program printed, its middle left out where it is too long. */
  readonly output: string;
  /** What the agent may leave for the others, JSON; written by nobody else. */
  readonly result: string;
  /** What a program wrote down of what it used, where its events do not tell. */
  readonly usage: string;
}

/** The name of that file: a program is told it on its command line. */
export const USAGE_FILE = 'usage.json';

/** Where attempt `attempt` of a task or of one of the run's own checks lives, below the run's directory. */
export function attemptDirectory(
  runDirectory: string,
  of: TaskKey | Exclude<Job, 'task' | 'task_test'>,
  attempt: number,
): string {
  return join(runDirectory, 'attempts', encodeName(of), String(attempt));
}

/** Where the nth run of a task's own test lives, below the attempt that it is to prove. */
export function testDirectory(attempt: string, nth: number): string {
  return join(attempt, 'test', String(nth));
}

/** The files of the attempt in `directory` (absolute). */
export function attemptFiles(directory: string): AttemptFiles {
  // Not seven times `join`: this is asked for at every step of every attempt.
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
