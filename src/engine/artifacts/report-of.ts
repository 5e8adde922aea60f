import { consolidate } from '../../coordinator/envelope.ts';
import type { RunState } from '../../coordinator/run/state.ts';
import { writeReport } from '../../coordinator/view/write-report.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { runFiles } from '../run-files.ts';
import { collectedFiles } from './collected-files.ts';

/** The report of a run that is over: Markdown. `notesOf`: what there is to know of what was collected of a task, a sentence each. */
export function reportOf(
  run: RunState,
  runDirectory: string,
  notesOf: (task: TaskKey) => readonly string[],
): string {
  return writeReport(run, consolidate(run, runFiles(runDirectory).of), {
    filesOf: ({ artifacts }) => collectedFiles(artifacts.directory, runDirectory),
    notesOf: ({ task }) => notesOf(task),
  });
}
