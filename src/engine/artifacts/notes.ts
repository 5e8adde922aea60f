import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ARTIFACT_FILES } from '../../store/artifacts/artifact-directory.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';

/** Writes notes next to a task's artifacts. */
export async function writeNotes(directory: string, notes: readonly string[]): Promise<void> {
  if (notes.length > 0) {
    await mkdir(directory, { recursive: true });
    await writeFileAtomic(join(directory, ARTIFACT_FILES.notes), lines(notes));
  }
}

/** Reads the notes of this coordinator or an earlier one. */
export async function readNotes(directory: string): Promise<string[]> {
  const text = await readFile(join(directory, ARTIFACT_FILES.notes), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2));
}

/** Adds the notes to the head of a task's patch, once; `git apply` skips them. */
export async function headPatch(directory: string, notes: readonly string[]): Promise<void> {
  const path = join(directory, ARTIFACT_FILES.patch);
  const text = notes.length === 0 ? null : await readFile(path, 'utf8').catch(() => null);
  if (text?.startsWith('diff ') === true) {
    await writeFileAtomic(path, `${lines(notes)}\n${text}`);
  }
}

function lines(notes: readonly string[]): string {
  return notes.map((note) => `- ${note}\n`).join('');
}
