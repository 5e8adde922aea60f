import { readGit } from './git.ts';

/** Longer patches are no reading matter, UTF-16 units. */
const MOST_LENGTH = 8 * 1024 * 1024;
/** New files are asked for one by one. */
const MOST_FILES = 500;

/** A patch as `git apply` takes it, and the files that are not in it. */
export interface FilePatch {
  readonly text: string;
  readonly left: readonly string[];
}

/**
 * What changed in `files` (paths relative to the workspace) between the commit `from` and now, uncommitted changes
 * included; `from` null: since before the first commit. `null` where git cannot tell, or the patch would be too long.
 */
export async function patchOf(
  workspaceRoot: string,
  from: string | null,
  files: readonly string[],
): Promise<FilePatch | null> {
  const [asked, left] = [files.slice(0, MOST_FILES), files.slice(MOST_FILES)];
  const base = from ?? (await emptyTree(workspaceRoot));
  if (base === null || asked.length === 0) {
    return null;
  }
  const tracked = await readGit(workspaceRoot, [
    ...['--literal-pathspecs', 'diff', ...DIFF, '--relative', base, '--', ...asked],
  ]);
  const untracked = await readGit(workspaceRoot, [
    ...['--literal-pathspecs', 'ls-files', '--others', '-z', '--', ...asked],
  ]);
  if (tracked === null || untracked === null) {
    return null;
  }
  const parts = [tracked];
  for (const path of untracked.split('\0').filter((each) => each !== '')) {
    // It answers 1 where there is a difference, as there always is.
    const args = ['diff', ...DIFF, '--no-index', '--', '/dev/null', path];
    parts.push((await readGit(workspaceRoot, args, [0, 1])) ?? '');
  }
  const text = parts.join('');
  return text === '' || text.length > MOST_LENGTH ? null : { text, left };
}

/** What the repository's configuration could start, or colour, is left out. */
const DIFF = ['--no-color', '--no-ext-diff', '--no-textconv', '--no-renames'];

async function emptyTree(workspaceRoot: string): Promise<string | null> {
  const hash = await readGit(workspaceRoot, ['hash-object', '-t', 'tree', '--stdin']);
  return hash === null ? null : hash.trim();
}
