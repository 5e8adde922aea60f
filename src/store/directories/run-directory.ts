import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { encodeName } from '../../system/encode-name.ts';
import { errorCode } from '../../system/error-code.ts';
import { syncDirectory } from '../../system/sync-directory.ts';
import { cannotWrite, type StateFailure } from '../files/state-failure.ts';
import { listDirectory } from './list-directory.ts';
import { createStateDirectory, isInWorkspace, stateDirectory } from './state-directory.ts';

const RUNS = 'runs';

/** Where a run's journal, context and attempts are (absolute); it need not exist. */
export function runDirectory(workspaceRoot: string, run: RunId): string {
  return join(stateDirectory(workspaceRoot), RUNS, encodeName(run));
}

/** Where the refreshed summary and the views of the blackboard are. */
export function contextDirectory(ofRun: string): string {
  return join(ofRun, 'context');
}

/**
 * Creates the directory of a new run, with its `context/`. Fails with `exists` if there is one: whatever a cloned
 * repository put there never becomes part of a run of ours.
 */
export async function createRunDirectory(
  workspaceRoot: string,
  run: RunId,
): Promise<Result<string, StateFailure>> {
  const runs = await createStateDirectory(workspaceRoot, RUNS);
  if (!runs.ok) {
    return runs;
  }
  const path = join(runs.value, encodeName(run));
  try {
    await mkdir(path);
    await mkdir(contextDirectory(path));
    await syncDirectory(runs.value);
    return success(path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') {
      return failure(cannotWrite(path, error));
    }
    return failure({ reason: 'exists', path, message: t('{0} exists already.', path) });
  }
}

/** The directories of all runs, oldest first. Which run it is stands in its journal. */
export async function listRunDirectories(workspaceRoot: string): Promise<string[]> {
  const runs = join(stateDirectory(workspaceRoot), RUNS);
  if (!(await isInWorkspace(workspaceRoot, runs))) {
    return [];
  }
  return (await listDirectory(runs)).map((name) => join(runs, name));
}
/** The whole blackboard of a run, as its own checks may read it (absolute). */

export function blackboardFile(runDirectory: string): string {
  return join(contextDirectory(runDirectory), 'blackboard.json');
}
