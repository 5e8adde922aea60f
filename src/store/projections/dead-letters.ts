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
/** A letter is bounded by its schema to a part of this. */
const MOST_BYTES = 64 * 1024;
/** More are not read: a repository can ship any number of them. */
const MOST_LETTERS = 2_000;

/** Where the letters are (absolute); it need not exist. */
export function deadLettersDirectory(workspaceRoot: string): string {
  return join(stateDirectory(workspaceRoot), DEAD_LETTERS);
}

/** Whether there is a letter of a task. */
export function hasDeadLetter(workspaceRoot: string, task: TaskKey): boolean {
  return existsSync(join(deadLettersDirectory(workspaceRoot), fileOf(task)));
}

/** Keeps why a task was given up, in the place of an earlier letter of the same task. For the holder of its run. */
export async function writeDeadLetter(
  workspaceRoot: string,
  letter: DeadLetter,
): Promise<Result<void, StateFailure>> {
  const created = await createStateDirectory(workspaceRoot, DEAD_LETTERS);
  if (!created.ok) {
    return created;
  }
  const path = join(created.value, fileOf(letter.task.key));
  try {
    await writeFileAtomic(path, `${JSON.stringify(letter, undefined, 2)}\n`);
    return success(undefined);
  } catch (error) {
    return failure(cannotWrite(path, error));
  }
}

/** Forgets that a task was given up; nothing happens where it was not. */
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

/** All letters of the workspace, by the names of their files; what cannot be understood is left out. */
export async function listDeadLetters(workspaceRoot: string): Promise<DeadLetter[]> {
  const directory = deadLettersDirectory(workspaceRoot);
  if (!(await isInWorkspace(workspaceRoot, directory))) {
    return [];
  }
  const letters: DeadLetter[] = [];
  for (const name of (await listDirectory(directory)).slice(0, MOST_LETTERS)) {
    const read = await readJsonFile(join(directory, name), deadLetterSchema, MOST_BYTES);
    // Under another name it could neither be dismissed nor replaced.
    if (read.ok && read.value !== null && name === fileOf(read.value.task.key)) {
      letters.push(read.value);
    }
  }
  return letters;
}

/** Absolute directory of the newest attempt of a task that was given up; `null` where there was none. */
export function letterAttempt(
  workspaceRoot: string,
  { run, task, newest }: DeadLetter,
): string | null {
  return newest === 0 ? null : attemptDirectory(runDirectory(workspaceRoot, run), task.key, newest);
}

function fileOf(task: TaskKey): string {
  return `${encodeName(task)}.json`;
}
