import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { reportFile, taskArtifacts } from '../../store/artifacts/artifact-directory.ts';
import { readLock } from '../../store/lock/group-lock.ts';
import { readNotes } from './notes.ts';
import { writeReportFile } from './write-report-file.ts';

const POLL_MS = 100;
/** Longer than any observed collection; after it, the report is written from what is known. */
const LIMIT_MS = 30_000;

/**
 * Finds the report of a run that has ended (absolute path). Waits while the run's holder still collects artifacts and
 * writes the report. If there is no holder (its process was killed at the very end), writes the report itself.
 */
export async function findReport(
  run: RunState,
  runDirectory: string,
  groupDirectory: string,
): Promise<string> {
  const file = reportFile(runDirectory);
  const deadline = Date.now() + LIMIT_MS;
  while (!existsSync(file) && Date.now() < deadline) {
    if ((await readLock(groupDirectory)).kind === 'free') {
      break;
    }
    await sleep(POLL_MS);
  }
  if (!existsSync(file)) {
    const notes = new Map<TaskKey, readonly string[]>();
    for (const key of run.tasks.keys()) {
      notes.set(key, await readNotes(taskArtifacts(runDirectory, key)));
    }
    await writeReportFile(run, runDirectory, (key) => notes.get(key) ?? []);
  }
  return file;
}
