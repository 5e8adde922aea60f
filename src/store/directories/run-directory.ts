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

/** The directory of a run's journal, context and attempts (absolute); it need not exist. */
export function runDirectory(workspaceRoot: string, run: RunId): string {
  return join(stateDirectory(workspaceRoot), RUNS, encodeName(run));
}

/** The directory of the context summary and of the blackboard's role views. */
export function contextDirectory(ofRun: string): string {
  return join(ofRun, 'context');
}

/**
 * Creates the directory of a new run, with its `context/`. Fails with `exists` if there is one, so that files from a
 * cloned repository never become part of a run.
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

/** The directories of all runs, oldest first. A run's journal has its id. */
export async function listRunDirectories(workspaceRoot: string): Promise<string[]> {
  const runs = join(stateDirectory(workspaceRoot), RUNS);
  if (!(await isInWorkspace(workspaceRoot, runs))) {
    return [];
  }
  return (await listDirectory(runs)).map((name) => join(runs, name));
}

/** The file with a run's whole blackboard, for its suite jobs (absolute). */
export function blackboardFile(runDirectory: string): string {
  return join(contextDirectory(runDirectory), 'blackboard.json');
}
