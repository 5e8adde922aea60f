import type { AttemptSpec } from '../../coordinator/schema/attempt.ts';
import type { Task } from '../../coordinator/schema/task.ts';
import type { Subscribe } from '../../shared/emitter.ts';
import type { Result } from '../../shared/result.ts';
import type { AttemptHashes } from '../../store/attempts/specification.ts';

/** A prepared attempt, ready to be started. */
export interface AttemptLaunch {
  /** Absolute. */
  readonly directory: string;
  readonly hashes: AttemptHashes;
  readonly spec: AttemptSpec;
}

/** Starts runners: in integrated terminals within VS Code, in a runner host under the command line. */
export interface Launcher {
  /** Success means only that the start was asked for; the failure is a sentence for a person. */
  launch(launch: AttemptLaunch): Promise<Result<void, string>>;
  /** Tells the directory of an attempt whose process may be over: a reason to look, never a fact. */
  readonly onHint: Subscribe<string>;
  /** Tells the directory of an attempt whose starter was killed: what had not begun is no failure, and may begin anew. */
  readonly onLost?: Subscribe<string>;
}

/**
 * Changes a task's status in its own source: how it ended; `in_progress`: it was begun; `pending`: it was put back. Sources
 * without a word for one of these keep what they have. The failure is a sentence for a person.
 */
export type WriteStatus = (
  task: Pick<Task, 'source' | 'id' | 'fingerprint'>,
  status: 'completed' | 'failed' | 'in_progress' | 'pending',
) => Promise<Result<void, string>>;
