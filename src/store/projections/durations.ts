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
/** 5,000 tasks with long names are a tenth of this. */
const MOST_BYTES = 8 * 1024 * 1024;

/** What earlier runs taught; nothing where there is no file, or one that cannot be understood. */
export async function readDurations(workspaceRoot: string): Promise<Durations> {
  const path = join(stateDirectory(workspaceRoot), FILE);
  const read = await readJsonFile(path, durationsSchema, MOST_BYTES);
  return (read.ok ? read.value : null) ?? NOTHING_LEARNED;
}

/** Adds what a run taught that is over. Estimates only order what is ready, so whatever goes wrong is let go. */
export async function learnDurations(workspaceRoot: string, run: RunState): Promise<void> {
  const directory = await createStateDirectory(workspaceRoot);
  if (directory.ok) {
    const learned = learn(await readDurations(workspaceRoot), run);
    await writeFileAtomic(join(directory.value, FILE), `${JSON.stringify(learned)}\n`).catch(
      () => undefined,
    );
  }
}
