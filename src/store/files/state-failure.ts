import { t } from '../../shared/messages.ts';
/** A link in the state directory leads out of the workspace. Nothing is read or written there. */
interface OutsideFailure {
  readonly reason: 'outside';
  readonly path: string;
  readonly message: string;
}
/** The file system refused the write: read-only, full, no permission. */
interface CannotWriteFailure {
  readonly reason: 'cannot_write';
  readonly path: string;
  readonly message: string;
}
/** The file or directory to create already exists. */
interface ExistsFailure {
  readonly reason: 'exists';
  readonly path: string;
  readonly message: string;
}

/** Why a read or write in the state directory or in user storage failed. `message` is a sentence. */
export type StateFailure = OutsideFailure | CannotWriteFailure | ExistsFailure;

/** Turns an error of a write to `path` into a failure. */
export function cannotWrite(path: string, error: unknown): CannotWriteFailure {
  return {
    reason: 'cannot_write',
    path,
    message: t('{0} cannot be written: {1}.', path, describeError(error)),
  };
}

/** The message of a thrown value. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
