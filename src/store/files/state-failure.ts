import { t } from '../../shared/messages.ts';
/** The state directory (or a part of it) leads out of the workspace by a link: nothing is read or written there. */
interface OutsideFailure {
  readonly reason: 'outside';
  readonly path: string;
  readonly message: string;
}
/** The file system refused: read-only, full, no permission. */
interface CannotWriteFailure {
  readonly reason: 'cannot_write';
  readonly path: string;
  readonly message: string;
}
/** What was to be created is there already. */
interface ExistsFailure {
  readonly reason: 'exists';
  readonly path: string;
  readonly message: string;
}

/** Why something in the state directory or in user storage could not be had. `message` is a plain sentence. */
export type StateFailure = OutsideFailure | CannotWriteFailure | ExistsFailure;

/** What the file system threw at a write to `path`, as a value. */
export function cannotWrite(path: string, error: unknown): CannotWriteFailure {
  return {
    reason: 'cannot_write',
    path,
    message: t('{0} cannot be written: {1}.', path, describeError(error)),
  };
}

/** What was thrown, in words. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
