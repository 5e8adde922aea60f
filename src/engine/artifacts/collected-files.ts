import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { artifactsDirectory } from '../../store/artifacts/artifact-directory.ts';

/** The files in a task's directory, relative to the report's directory with `/`; empty without a directory. */
export function collectedFiles(directory: string | null, runDirectory: string): string[] {
  if (directory === null) {
    return [];
  }
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => relative(artifactsDirectory(runDirectory), path).split(sep).join('/'))
      .sort();
  } catch {
    return [];
  }
}
