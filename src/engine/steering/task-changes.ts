import { isAbsolute, join, relative, sep } from 'node:path';
import type { TaskRecord } from '../../coordinator/run/state/state.ts';
import { STATE_DIRECTORY } from '../../shared/manifest.ts';
import { readRunnerEvents } from '../../store/attempts/event-reader.ts';
import { changedFiles, takeSnapshot } from '../../verification/worktree/worktree-state.ts';
import { readBefore } from '../proof/collect-evidence.ts';

/** Changes to the files of a workspace since a task began. */
export interface TaskChanges {
  /** The commit from before the task; `null` if there was none. */
  readonly commit: string | null;
  /** Relative to the workspace, with `/`; sorted. */
  readonly files: readonly string[];
  /** Those of `files` that already had uncommitted changes, which are shown as well. */
  readonly dirty: readonly string[];
  /** `named`: the files that the task's agent named. `all`: it named none, so these may include changes of others. */
  readonly whose: 'named' | 'all';
}

/**
 * The files that a task has changed so far: those that its agent named and that differ from before its first attempt.
 * `null` without a snapshot from before, or outside a git repository. `attemptDir`: any attempt of the task (absolute).
 */
export async function taskChanges(
  workspaceRoot: string,
  record: Pick<TaskRecord, 'attempt' | 'outcome' | 'changedFiles'>,
  attemptDir: string,
): Promise<TaskChanges | null> {
  const directoryOf = (attempt: number): string => join(attemptDir, '..', String(attempt));
  const before = await readBefore(directoryOf(1));
  if (before?.kind !== 'git') {
    return null;
  }
  const now = await takeSnapshot(workspaceRoot, [...before.ignore]);
  const changed = await changedFiles(before, now);
  if (changed === null) {
    return null;
  }
  const own = new Set([...record.changedFiles, ...(record.outcome?.edits ?? [])]);
  for (let attempt = 1; attempt <= record.attempt; attempt += 1) {
    for (const path of await namedIn(directoryOf(attempt))) {
      own.add(path);
    }
  }
  const named = [...own].map((path) => withinRoot(path, workspaceRoot));
  const files = changed.filter((path) => named.includes(path));
  const shown = named.length > 0 ? files : changed.filter((path) => !isState(path));
  return {
    commit: before.head,
    files: shown,
    dirty: shown.filter((path) => path in before.files && before.head !== null),
    whose: named.length > 0 ? 'named' : 'all',
  };
}

/** The files that an attempt's agent reported as changed. */
async function namedIn(directory: string): Promise<string[]> {
  const files: string[] = [];
  let offset = 0;
  for (;;) {
    const read = await readRunnerEvents(directory, offset);
    if (!read.ok || read.value.events.length === 0) {
      return files;
    }
    for (const { event } of read.value.events) {
      if (event.type === 'step' && event.file !== undefined) {
        files.push(event.file);
      }
    }
    offset = read.value.offset;
  }
}

function withinRoot(path: string, root: string): string {
  const within = isAbsolute(path) ? relative(root, path) : path;
  return within.split(sep).join('/').replace(/^\.\//, '');
}

function isState(path: string): boolean {
  return path.startsWith(`${STATE_DIRECTORY}/`);
}
