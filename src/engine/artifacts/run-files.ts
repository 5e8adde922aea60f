import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { TaskFiles } from '../../coordinator/projections/envelope.ts';
import {
  collectedNames,
  reportFile,
  taskArtifacts,
} from '../../store/artifacts/artifact-directory.ts';
import {
  attemptDirectory,
  attemptFiles,
  testDirectory,
} from '../../store/attempts/attempt-directory.ts';

/** Paths of a run's files, for its envelopes. */
export interface RunFiles {
  readonly of: TaskFiles;
  /** Absolute; `null` until the run has ended. */
  readonly report: string | null;
}

/** The logs of the test runs that were to prove an attempt. */
function testLogs(attempt: string, isTested: boolean): string[] {
  const logs: string[] = [];
  for (let nth = 1; isTested; nth += 1) {
    const { output, spec } = attemptFiles(testDirectory(attempt, nth));
    if (!existsSync(spec)) {
      break;
    }
    logs.push(output);
  }
  return logs;
}

/** Reads the collected files once and does not refresh: call it again for each query. */
export function runFiles(runDirectory: string): RunFiles {
  const names = collectedNames(runDirectory);
  const report = reportFile(runDirectory);
  return {
    report: names.has(basename(report)) ? report : null,
    of: ({ planned, attempt }) => {
      const logs = Array.from({ length: attempt }, (_, place) =>
        attemptDirectory(runDirectory, planned.key, place + 1),
      ).flatMap((each) => [attemptFiles(each).output, ...testLogs(each, planned.test !== null)]);
      const directory = names.size === 0 ? '' : taskArtifacts(runDirectory, planned.key);
      return { logs, directory: names.has(basename(directory)) ? directory : null };
    },
  };
}
