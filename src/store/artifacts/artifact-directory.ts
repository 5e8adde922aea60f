import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskKey } from '../../shared/ids.ts';
import { encodeName } from '../../system/encode-name.ts';

/** Where what a run made is collected (absolute); it need not exist. */
export function artifactsDirectory(runDirectory: string): string {
  return join(runDirectory, 'artifacts');
}

/** Where what a task made is collected (absolute); it exists only where there is something. */
export function taskArtifacts(runDirectory: string, task: TaskKey): string {
  return join(artifactsDirectory(runDirectory), encodeName(task));
}

/** The run in words, Markdown (absolute); written when the run is over. A task's directory never has this name. */
export function reportFile(runDirectory: string): string {
  return join(artifactsDirectory(runDirectory), 'report.md');
}

/** What a task's directory can have. */
export const ARTIFACT_FILES = {
  /** What its attempts changed, as far as known. */
  patch: 'changes.patch',
  /** What it left for the others. */
  result: 'result.json',
  /** Copies of the files that its result names. */
  copies: 'files',
  /** What else there is to know of these. */
  notes: 'notes.md',
} as const;

/** The names of what is there, one reading for many questions. */
export function collectedNames(runDirectory: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(artifactsDirectory(runDirectory)));
  } catch {
    return new Set();
  }
}
