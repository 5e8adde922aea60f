import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { STATE_DIRECTORY } from '../../../shared/manifest.ts';
import { readGit } from '../../../verification/git/git.ts';
import { pathFilter } from '../../../verification/worktree/ignored-paths.ts';
import { walkFiles } from '../../../verification/worktree/walk-files.ts';

const LEFT_OUT = new Set(['.git', 'node_modules', STATE_DIRECTORY]);
/** Files that are looked at together. */
const AT_ONCE = 64;

/**
 * The files below `folder` (relative to the workspace, with `/`; empty: the workspace) that a glob matches within it, as
 * paths relative to the workspace. What git ignores is left out, and hidden files where the glob does not name them.
 * Ordered by their characters' codes: the same on every machine, so that shards of several machines fit together.
 */
export async function listUnits(
  workspaceRoot: string,
  glob: string,
  folder = '',
): Promise<string[]> {
  const matches = picomatch(glob.trim().replace(/^(?:\.\/)+/, ''));
  const root = join(workspaceRoot, folder);
  const candidates = (await candidatesIn(root)).filter(
    (path) => matches(path) && !path.split('/').some((part) => LEFT_OUT.has(part)),
  );
  const files: string[] = [];
  for (let start = 0; start < candidates.length; start += AT_ONCE) {
    const some = candidates.slice(start, start + AT_ONCE);
    const found = await Promise.all(some.map((path) => isFile(join(root, path))));
    files.push(...some.filter((_path, place) => found[place] === true));
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
  // Outside of a repository, and in a folder that git ignores as a whole, the disk itself is asked.
  return tracked.size > 0 ? [...tracked] : [...(await walkFiles(root, pathFilter([]))).keys()];
}

/** Git still lists what was deleted and not committed, and the folders of repositories inside. */
async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** No program takes a file for an option because of its name. */
function unitOf(folder: string, path: string): string {
  const unit = folder === '' ? path : `${folder}/${path}`;
  return unit.startsWith('-') ? `./${unit}` : unit;
}
