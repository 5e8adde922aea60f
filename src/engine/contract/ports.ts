import type { AttemptSpec } from '../../coordinator/schema/attempt.ts';
import type { Task } from '../../coordinator/schema/task.ts';
import type { Subscribe } from '../../shared/emitter.ts';
import type { Result } from '../../shared/result.ts';
import type { AttemptHashes } from '../../store/attempts/specification.ts';

/** A prepared attempt that is ready to start. */
export interface AttemptLaunch {
  /** Absolute. */
  readonly directory: string;
  readonly hashes: AttemptHashes;
  readonly spec: AttemptSpec;
}

/** Port that starts runners: in integrated terminals within VS Code, in a runner host under the command line. */
export interface Launcher {
  /** Requests the start of a runner; success means no more than that. The failure is a sentence for the user. */
  launch(launch: AttemptLaunch): Promise<Result<void, string>>;
  /** Fires with the directory of an attempt whose process may have ended: a hint to check, not a fact. */
  readonly onHint: Subscribe<string>;
  /**
   * Fires with the directory of an attempt whose starter was killed. An attempt that had not begun has not failed and
   * may start again.
   */
  readonly onLost?: Subscribe<string>;
}

/**
 * Writes a task's status to its source: `completed` or `failed` at its end, `in_progress` at its start, `pending` if it
 * returns to the queue. A source without a term for a status keeps its text. The failure is a sentence for the user.
 */
export type WriteStatus = (
  task: Pick<Task, 'source' | 'id' | 'fingerprint'>,
  status: 'completed' | 'failed' | 'in_progress' | 'pending',
) => Promise<Result<void, string>>;
