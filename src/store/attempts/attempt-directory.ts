import { join } from 'node:path';
import type { Job } from '../../coordinator/attempt.ts';
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
  /** What happened, one JSON object a line, written by the runner alone. */
  readonly events: string;
  /** What the program printed, its middle left out where it is too long. */
  readonly output: string;
}

/** Where attempt `attempt` of a task or of one of the run's own checks lives, below the run's directory. */
export function attemptDirectory(
  runDirectory: string,
  of: TaskKey | Exclude<Job, 'task'>,
  attempt: number,
): string {
  return join(runDirectory, 'attempts', encodeName(of), String(attempt));
}

/** The files of the attempt in `directory`. */
export function attemptFiles(directory: string): AttemptFiles {
  return {
    spec: join(directory, 'attempt.json'),
    prompt: join(directory, 'prompt.md'),
    claim: join(directory, 'claim'),
    cancel: join(directory, 'cancel'),
    events: join(directory, 'events.jsonl'),
    output: join(directory, 'output.log'),
  };
}
