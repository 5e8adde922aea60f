import { mkdir } from 'node:fs/promises';
import { consolidate } from '../../coordinator/projections/envelope.ts';
import { writeReport } from '../../coordinator/projections/write-report.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { artifactsDirectory, reportFile } from '../../store/artifacts/artifact-directory.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { collectedFiles } from './collected-files.ts';
import { runFiles } from './run-files.ts';

/** Writes the report of a run that has ended. `notesOf`: notes about a task's artifacts, one sentence each. */
export async function writeReportFile(
  run: RunState,
  runDirectory: string,
  notesOf: (task: TaskKey) => readonly string[],
): Promise<void> {
  const text = writeReport(run, consolidate(run, runFiles(runDirectory).of), {
    filesOf: ({ artifacts }) => collectedFiles(artifacts.directory, runDirectory),
    notesOf: ({ task }) => notesOf(task),
  });
  await mkdir(artifactsDirectory(runDirectory), { recursive: true });
  await writeFileAtomic(reportFile(runDirectory), text);
}
