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
 * Creates the state directory, with a `.gitignore` that ignores it, and the nested directories `parts` in it. Returns the
 * innermost. A repository can ship symbolic links, so each directory is checked before the next is created: if one lies
 * outside the workspace, the failure is `outside` and nothing is created there.
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

/** Whether `path`, with links resolved, exists and lies inside the workspace. Do not read other paths. */
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
    // Keep a `.gitignore` that a person wrote.
    if (errorCode(error) !== 'EEXIST') {
      throw error;
    }
  }
}

function isWithin(root: string, path: string): boolean {
  const steps = relative(root, path);
  return steps !== '..' && !steps.startsWith(`..${sep}`) && !isAbsolute(steps);
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
