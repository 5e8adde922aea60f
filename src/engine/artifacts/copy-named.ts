import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, relative, sep } from 'node:path';
import { STATE_DIRECTORY } from '../../shared/manifest.ts';
import { t } from '../../shared/messages.ts';
import { readRegularFile } from '../../store/files/read-regular-file.ts';
import { errorCode } from '../../system/error-code.ts';

const MEBIBYTE = 1024 * 1024;
const MOST_BYTES = 10 * MEBIBYTE;
const MOST_BYTES_TOGETHER = 50 * MEBIBYTE;
const MOST_FILES = 200;

/** Directories to search for files that a result names (absolute). */
export interface CopySources {
  readonly workspaceRoot: string;
  /** The attempt's own directory, the only allowed place in the state directory. */
  readonly attemptDirectory: string;
}

/**
 * Copies the files that a result names by relative paths into `target` (absolute). Skips, with a note, a path that
 * leads out of the workspace, is not a file or is too large; ignores text that names no existing file.
 */
export async function copyNamed(
  artifacts: Readonly<Record<string, unknown>>,
  sources: CopySources,
  target: string,
): Promise<string[]> {
  const notes: string[] = [];
  const paths = [...new Set(Object.values(artifacts).flatMap(pathsIn))];
  let together = 0;
  for (const path of paths.slice(0, MOST_FILES)) {
    const copied = await copyOne(path, sources, target, MOST_BYTES_TOGETHER - together);
    if (typeof copied === 'string') {
      notes.push(t('{0} was not copied: {1}.', path, copied));
    } else {
      together += copied;
    }
  }
  return notes;
}

/** `"docs/api.md"`, `{ "path": "docs/api.md" }` and lists of them. */
function pathsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return isRelativePath(value) ? [value] : [];
  }
  if (Array.isArray(value)) {
    return value.filter((each) => typeof each === 'string').filter(isRelativePath);
  }
  const named = typeof value === 'object' && value !== null && 'path' in value ? value.path : null;
  return typeof named === 'string' && isRelativePath(named) ? [named] : [];
}

function isRelativePath(text: string): boolean {
  return text !== '' && text.length < 1000 && !/[\0\r\n]/.test(text) && !isAbsolute(text);
}

/** The number of bytes copied, 0 if there is no such file, or the reason why it was not copied. */
async function copyOne(
  path: string,
  { workspaceRoot, attemptDirectory }: CopySources,
  target: string,
  left: number,
): Promise<number | string> {
  if (leavesRoot(normalize(path))) {
    return 'it leads out of the workspace';
  }
  for (const root of [workspaceRoot, attemptDirectory]) {
    try {
      const [base, found] = [await realpath(root), await realpath(join(root, path))];
      const inside = relative(base, found);
      if (leavesRoot(inside) || (root === workspaceRoot && isOurs(inside))) {
        return 'it leads to a place that is not for results';
      }
      const bytes = await readRegularFile(found, Math.min(MOST_BYTES, left));
      await mkdir(dirname(join(target, path)), { recursive: true });
      await writeFile(join(target, path), bytes);
      return bytes.length;
    } catch (error) {
      const code = errorCode(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR') {
        return error instanceof Error ? error.message : String(error);
      }
    }
  }
  return 0;
}

function leavesRoot(way: string): boolean {
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

function isOurs(way: string): boolean {
  return way === STATE_DIRECTORY || way.startsWith(`${STATE_DIRECTORY}${sep}`);
}
