import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeadLetter, deadLetterSchema } from '../../coordinator/projections/dead-letter.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { encodeName } from '../../system/encode-name.ts';
import { attemptDirectory } from '../attempts/attempt-directory.ts';
import { listDirectory } from '../directories/list-directory.ts';
import { runDirectory } from '../directories/run-directory.ts';
import {
  createStateDirectory,
  isInWorkspace,
  stateDirectory,
} from '../directories/state-directory.ts';
import { readJsonFile } from '../files/json-file.ts';
import { cannotWrite, type StateFailure } from '../files/state-failure.ts';

const DEAD_LETTERS = 'dead-letters';
/** The schema limits a dead letter to a part of this. */
const MOST_BYTES = 64 * 1024;
/** Maximum number of dead letters to read: a repository can ship any number of them. */
const MOST_DEAD_LETTERS = 2_000;

/** The directory of the dead letters (absolute); it need not exist. */
export function deadLettersDirectory(workspaceRoot: string): string {
  return join(stateDirectory(workspaceRoot), DEAD_LETTERS);
}

/** Whether a task has a dead letter. */
export function hasDeadLetter(workspaceRoot: string, task: TaskKey): boolean {
  return existsSync(join(deadLettersDirectory(workspaceRoot), fileOf(task)));
}

/** Writes a task's dead letter and replaces an earlier one. Only the holder of the task's run calls it. */
export async function writeDeadLetter(
  workspaceRoot: string,
  deadLetter: DeadLetter,
): Promise<Result<void, StateFailure>> {
  const created = await createStateDirectory(workspaceRoot, DEAD_LETTERS);
  if (!created.ok) {
    return created;
  }
  const path = join(created.value, fileOf(deadLetter.task.key));
  try {
    await writeFileAtomic(path, `${JSON.stringify(deadLetter, undefined, 2)}\n`);
    return success(undefined);
  } catch (error) {
    return failure(cannotWrite(path, error));
  }
}

/** Removes a task's dead letter. Does nothing if there is none. */
export async function removeDeadLetter(
  workspaceRoot: string,
  task: TaskKey,
): Promise<Result<void, StateFailure>> {
  const directory = deadLettersDirectory(workspaceRoot);
  const path = join(directory, fileOf(task));
  if (!(await isInWorkspace(workspaceRoot, directory))) {
    return success(undefined);
  }
  try {
    await rm(path, { force: true });
    return success(undefined);
  } catch (error) {
    return failure(cannotWrite(path, error));
  }
}

/** All dead letters of the workspace, sorted by file name, without files that cannot be parsed. */
export async function listDeadLetters(workspaceRoot: string): Promise<DeadLetter[]> {
  const directory = deadLettersDirectory(workspaceRoot);
  if (!(await isInWorkspace(workspaceRoot, directory))) {
    return [];
  }
  const deadLetters: DeadLetter[] = [];
  for (const name of (await listDirectory(directory)).slice(0, MOST_DEAD_LETTERS)) {
    const read = await readJsonFile(join(directory, name), deadLetterSchema, MOST_BYTES);
    // A dead letter under another file name could neither be dismissed nor replaced.
    if (read.ok && read.value !== null && name === fileOf(read.value.task.key)) {
      deadLetters.push(read.value);
    }
  }
  return deadLetters;
}

/** The directory of the newest attempt of the task (absolute), or `null` if it had none. */
export function deadLetterAttempt(
  workspaceRoot: string,
  { run, task, newest }: DeadLetter,
): string | null {
  return newest === 0 ? null : attemptDirectory(runDirectory(workspaceRoot, run), task.key, newest);
}

function fileOf(task: TaskKey): string {
  return `${encodeName(task)}.json`;
}
