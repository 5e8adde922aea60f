import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskKey } from '../../shared/ids.ts';
import { encodeName } from '../../system/encode-name.ts';

/** The directory of a run's collected artifacts (absolute); it need not exist. */
export function artifactsDirectory(runDirectory: string): string {
  return join(runDirectory, 'artifacts');
}

/** The directory of a task's collected artifacts (absolute); it exists only if the task has any. */
export function taskArtifacts(runDirectory: string, task: TaskKey): string {
  return join(artifactsDirectory(runDirectory), encodeName(task));
}

/** The run's report as Markdown (absolute), written at the end of the run. No task's directory has this name. */
export function reportFile(runDirectory: string): string {
  return join(artifactsDirectory(runDirectory), 'report.md');
}

/** The names in a task's directory; each is optional. */
export const ARTIFACT_FILES = {
  /** The changes of its attempts, as far as they are known. */
  patch: 'changes.patch',
  /** Its result, for the tasks that depend on it. */
  result: 'result.json',
  /** A directory with copies of the files that its result names. */
  copies: 'files',
  /** Remarks on the collected files, for example what was left out. */
  notes: 'notes.md',
} as const;

/** The names in a run's artifact directory: one reading that answers for all tasks. */
export function collectedNames(runDirectory: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(artifactsDirectory(runDirectory)));
  } catch {
    return new Set();
  }
}
