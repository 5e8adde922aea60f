import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { resultOf } from '../../coordinator/blackboard/results.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { t } from '../../shared/messages.ts';
import { ARTIFACT_FILES, taskArtifacts } from '../../store/artifacts/artifact-directory.ts';
import { attemptDirectory } from '../../store/attempts/attempt-directory.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { patchOf } from '../../verification/git/file-patch.ts';
import { readBefore } from '../proof/collect-evidence.ts';
import { copyNamed } from './copy-named.ts';

/** The directories of a run and of its workspace (both absolute). */
export interface ArtifactPlaces {
  readonly runDirectory: string;
  readonly workspaceRoot: string;
}

/**
 * Collects the artifacts of a task: a patch, its result and the files that the result names. Creates nothing for a task
 * that left nothing. `files`: those that it changed, relative to the workspace. Returns notes for the reader, one
 * sentence each.
 */
export async function collectTask(
  run: RunState,
  record: TaskRecord,
  files: readonly string[],
  { runDirectory, workspaceRoot }: ArtifactPlaces,
): Promise<string[]> {
  const { key } = record.planned;
  const directory = taskArtifacts(runDirectory, key);
  const notes: string[] = [];
  if (files.length > 0) {
    const first = attemptDirectory(runDirectory, key, 1);
    notes.push(...(await writePatch(workspaceRoot, directory, files, first)));
  }
  const result = resultOf(run, record);
  if (result !== null) {
    await mkdir(directory, { recursive: true });
    const text = `${JSON.stringify(result.result, undefined, 2)}\n`;
    await writeFileAtomic(join(directory, ARTIFACT_FILES.result), text);
    const sources = {
      workspaceRoot,
      attemptDirectory: attemptDirectory(runDirectory, key, result.attempt),
    };
    const target = join(directory, ARTIFACT_FILES.copies);
    notes.push(...(await copyNamed(result.result.artifacts, sources, target)));
  }
  return notes;
}

async function writePatch(
  workspaceRoot: string,
  directory: string,
  files: readonly string[],
  firstAttempt: string,
): Promise<string[]> {
  const before = await readBefore(firstAttempt);
  const head = before?.kind === 'git' ? before.head : 'HEAD';
  const patch = await patchOf(workspaceRoot, head, files);
  if (patch === null) {
    return [t('There is no patch: git knows of no difference here, or one that is too long.')];
  }
  await mkdir(directory, { recursive: true });
  await writeFileAtomic(join(directory, ARTIFACT_FILES.patch), patch.text);
  const dirty = before?.kind === 'git' ? files.filter((path) => path in before.files) : [];
  return [
    ...dirty.map((path) =>
      t('{0} had changes that were not committed before; they are in the patch too.', path),
    ),
    ...(patch.left.length === 0
      ? []
      : [t('{0} more files are not in the patch.', patch.left.length)]),
  ];
}
