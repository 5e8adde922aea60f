import { mkdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { join } from 'node:path';
import { failure, type Result, success } from '../../shared/result.ts';
import { sha256Hex } from '../../system/hash.ts';
import { cannotWrite, type StateFailure } from '../files/state-failure.ts';

const NAME = 'parallel-groups';

/** Determines the location of user storage. */
export interface UserStateContext {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
}

/**
 * The directory for state that a workspace must not be able to forge, shared by extension and command line:
 * `$XDG_STATE_HOME/parallel-groups` if that is an absolute path, otherwise the platform's directory for local state.
 */
export function userStateDirectory(
  from: UserStateContext = { platform: process.platform, env: process.env, home: homedir() },
): string {
  const { platform, env, home } = from;
  const path = platform === 'win32' ? win32 : posix;
  const { XDG_STATE_HOME: xdg, LOCALAPPDATA: local } = env;
  // The XDG specification says to ignore a relative path.
  if (xdg !== undefined && path.isAbsolute(xdg)) {
    return path.join(xdg, NAME);
  }
  if (platform === 'darwin') {
    return path.join(home, 'Library', 'Application Support', NAME);
  }
  if (platform !== 'win32') {
    return path.join(home, '.local', 'state', NAME);
  }
  const usable = local !== undefined && path.isAbsolute(local);
  return path.join(usable ? local : path.join(home, 'AppData', 'Local'), NAME);
}

/**
 * Returns the part of user storage for the workspace in `workspaceRoot`, and creates it, accessible to this user only. The
 * real path identifies the workspace: a copy of it is another workspace.
 */
export async function openWorkspaceStorage(
  workspaceRoot: string,
  userState: string = userStateDirectory(),
): Promise<Result<string, StateFailure>> {
  try {
    const root = await realpath(workspaceRoot);
    const path = join(userState, 'workspaces', sha256Hex(root).slice(0, 32));
    await mkdir(path, { recursive: true, mode: 0o700 });
    return success(path);
  } catch (error) {
    return failure(cannotWrite(userState, error));
  }
}
