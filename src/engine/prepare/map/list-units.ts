import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { STATE_DIRECTORY } from '../../../shared/manifest.ts';
import { readGit } from '../../../verification/git/git.ts';
import { pathFilter } from '../../../verification/worktree/ignored-paths.ts';
import { walkFiles } from '../../../verification/worktree/walk-files.ts';

const EXCLUDED = new Set(['.git', 'node_modules', STATE_DIRECTORY]);
/** Number of files checked in parallel. */
const BATCH_SIZE = 64;

/**
 * Returns the files below `folder` (relative to the workspace, with `/`; empty: the workspace) that a glob matches
 * within it, as paths relative to the workspace. Excludes files that git ignores, and hidden files unless the glob
 * names them. Sorts by code unit: the order is the same on every machine, so that shards of several machines fit
 * together.
 */
export async function listUnits(
  workspaceRoot: string,
  glob: string,
  folder = '',
): Promise<string[]> {
  const matches = picomatch(glob.trim().replace(/^(?:\.\/)+/, ''));
  const root = join(workspaceRoot, folder);
  const candidates = (await candidatesIn(root)).filter(
    (path) => matches(path) && !path.split('/').some((part) => EXCLUDED.has(part)),
  );
  const files: string[] = [];
  for (let start = 0; start < candidates.length; start += BATCH_SIZE) {
    const batch = candidates.slice(start, start + BATCH_SIZE);
    const found = await Promise.all(batch.map((path) => isFile(join(root, path))));
    files.push(...batch.filter((_path, place) => found[place] === true));
  }
  return files.map((path) => unitOf(folder, path)).sort((a, b) => (a < b ? -1 : 1));
}

async function candidatesIn(root: string): Promise<string[]> {
  const listed = await readGit(root, [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ]);
  const tracked = new Set((listed ?? '').split('\0').filter((path) => path !== ''));
  // Outside a repository, and in a folder that git ignores as a whole, the files on disk count.
  return tracked.size > 0 ? [...tracked] : [...(await walkFiles(root, pathFilter([]))).keys()];
}

/** Whether a path is a file: git also lists deleted files before the commit, and folders of nested repositories. */
async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Returns the unit of a path; a prefix keeps programs from parsing a name that starts with `-` as an option. */
function unitOf(folder: string, path: string): string {
  const unit = folder === '' ? path : `${folder}/${path}`;
  return unit.startsWith('-') ? `./${unit}` : unit;
}
