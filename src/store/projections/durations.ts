import { join } from 'node:path';
import {
  type Durations,
  durationsSchema,
  learn,
  NOTHING_LEARNED,
} from '../../coordinator/plan/durations.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { createStateDirectory, stateDirectory } from '../directories/state-directory.ts';
import { readJsonFile } from '../files/json-file.ts';

const FILE = 'durations.json';
/** Ten times the size for 5,000 tasks with long names. */
const MOST_BYTES = 8 * 1024 * 1024;

/** The durations of earlier runs; `NOTHING_LEARNED` if there is no file or it cannot be parsed. */
export async function readDurations(workspaceRoot: string): Promise<Durations> {
  const path = join(stateDirectory(workspaceRoot), FILE);
  const read = await readJsonFile(path, durationsSchema, MOST_BYTES);
  return (read.ok ? read.value : null) ?? NOTHING_LEARNED;
}

/** Adds the durations of an ended run. Estimates only order the ready tasks, so errors are ignored. */
export async function learnDurations(workspaceRoot: string, run: RunState): Promise<void> {
  const directory = await createStateDirectory(workspaceRoot);
  if (directory.ok) {
    const learned = learn(await readDurations(workspaceRoot), run);
    await writeFileAtomic(join(directory.value, FILE), `${JSON.stringify(learned)}\n`).catch(
      () => undefined,
    );
  }
}
