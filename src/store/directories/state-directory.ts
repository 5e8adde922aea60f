import { realpath, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { STATE_DIRECTORY } from '../../shared/manifest.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { errorCode } from '../../system/error-code.ts';
import { cannotWrite, type StateFailure } from '../files/state-failure.ts';
import { makeDirectory } from './make-directory.ts';

/** The state directory of the workspace in `workspaceRoot` (absolute); it need not exist. */
export function stateDirectory(workspaceRoot: string): string {
  return join(workspaceRoot, STATE_DIRECTORY);
}

/**
 * Creates the state directory, which ignores itself in git, and in it the directories `parts`, one inside the other.
 * Returns the innermost. A repository can ship links, so each step has to lie inside the workspace before the next one
 * is taken: else `outside`, and nothing was created there.
 */
export async function createStateDirectory(
  workspaceRoot: string,
  ...parts: readonly string[]
): Promise<Result<string, StateFailure>> {
  let path = workspaceRoot;
  try {
    const root = await realpath(workspaceRoot);
    for (const part of [STATE_DIRECTORY, ...parts]) {
      path = join(path, part);
      await makeDirectory(path);
      if (!isWithin(root, await realpath(path))) {
        return failure(leadsOutside(path));
      }
      if (part === STATE_DIRECTORY) {
        await ignoreInGit(path);
      }
    }
    return success(path);
  } catch (error) {
    return failure(cannotWrite(path, error));
  }
}

/** Whether `path`, links followed, exists and lies inside the workspace: what does not is not read. */
export async function isInWorkspace(workspaceRoot: string, path: string): Promise<boolean> {
  try {
    return isWithin(await realpath(workspaceRoot), await realpath(path));
  } catch {
    return false;
  }
}

async function ignoreInGit(directory: string): Promise<void> {
  try {
    await writeFile(join(directory, '.gitignore'), '*\n', { flag: 'wx' });
  } catch (error) {
    // A person may have written another one; that is theirs to decide.
    if (errorCode(error) !== 'EEXIST') {
      throw error;
    }
  }
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function leadsOutside(path: string): StateFailure {
  return {
    reason: 'outside',
    path,
    message: t(
      '{0} is a link that leads out of the workspace, so it is not used. Remove the link.',
      path,
    ),
  };
}
