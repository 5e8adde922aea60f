import { basename } from 'node:path';
import type { TaskFiles } from '../coordinator/envelope.ts';
import {
  collectedNames,
  reportFile,
  taskArtifacts,
} from '../store/artifacts/artifact-directory.ts';
import { attemptDirectory, attemptFiles } from '../store/attempts/attempt-directory.ts';

/** Where what a run left is on disk, for its envelopes. */
export interface RunFiles {
  readonly of: TaskFiles;
  /** Absolute; `null`: the run is not over. */
  readonly report: string | null;
}

/** Looks once at what was collected; a new look for every new question. */
export function runFiles(runDirectory: string): RunFiles {
  const names = collectedNames(runDirectory);
  const report = reportFile(runDirectory);
  return {
    report: names.has(basename(report)) ? report : null,
    of: ({ planned, attempt }) => {
      const logs = Array.from(
        { length: attempt },
        (_, place) => attemptFiles(attemptDirectory(runDirectory, planned.key, place + 1)).output,
      );
      const directory = names.size === 0 ? '' : taskArtifacts(runDirectory, planned.key);
      return { logs, directory: names.has(basename(directory)) ? directory : null };
    },
  };
}
