import { access, constants, readFile, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { replaceFileIf } from '../../system/atomic-file.ts';
import { errorCode } from '../../system/error-code.ts';
import { sha256Hex } from '../../system/hash.ts';
import { addTaskEdits, type NewTasks } from '../plan-edits/add-tasks.ts';
import { applyEdits } from '../plan-edits/apply-edits.ts';
import { decodeUtf8 } from '../read/decode.ts';
import { withFileLock } from './file-lock.ts';

/** Number of attempts on a file that changes meanwhile. */
const MAX_ATTEMPTS = 6;

/**
 * Adds open tasks to a plan file (relative to the workspace), changes nothing else of it, and returns their ids. Keeps
 * concurrent changes by others: compares the file immediately before it replaces it. The failure is one or two
 * sentences for the user.
 */
export async function writeNewTasks(
  workspaceRoot: string,
  file: string,
  newTasks: NewTasks,
): Promise<Result<readonly string[], string>> {
  try {
    const path = await realpath(resolve(workspaceRoot, file));
    const written = await withFileLock(workspaceRoot, path, () =>
      addWithRetries(path, file, newTasks),
    );
    return written.ok
      ? written.value
      : failure(t('{0} is being changed by others. Try again.', file));
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) {
      throw error;
    }
    return failure(t('{0} cannot be written ({1}), so nothing was added.', file, code));
  }
}

async function addWithRetries(
  path: string,
  file: string,
  newTasks: NewTasks,
): Promise<Result<readonly string[], string>> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const { mode } = await stat(path);
    const bytes = await readFile(path);
    const decoded = decodeUtf8(bytes);
    if (!decoded.ok) {
      return failure(`${file} was not changed: ${decoded.failure.message}`);
    }
    const planned = addTaskEdits(decoded.value, file, newTasks);
    if (!planned.ok) {
      return failure(planned.failure.message);
    }
    // A rename would replace a read-only file as well, but its owner protected it on purpose.
    await access(path, constants.W_OK);
    const edited = Buffer.from(applyEdits(decoded.value, planned.value.edits), 'utf8');
    const hash = sha256Hex(bytes);
    const unchanged = async () => sha256Hex(await readFile(path)) === hash;
    if (await replaceFileIf(path, edited, mode & 0o7777, unchanged)) {
      return success(planned.value.ids);
    }
  }
  return failure(t('{0} is being changed all the time, so nothing was added. Try again.', file));
}
