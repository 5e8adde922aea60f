import { readGit } from './git.ts';

/** UTF-16 units. Longer patches are not readable. */
const MOST_LENGTH = 8 * 1024 * 1024;
/** Each new file needs a git call. */
const MOST_FILES = 500;

/** A patch that `git apply` accepts, and the files that it omits. */
export interface FilePatch {
  readonly text: string;
  readonly left: readonly string[];
}

/**
 * Returns the patch of `files` (paths relative to the workspace) from the commit `from` until now, uncommitted changes
 * included; `from` `null` means from before the first commit. Returns `null` if git fails or the patch is empty or too
 * long.
 */
export async function patchOf(
  workspaceRoot: string,
  from: string | null,
  files: readonly string[],
): Promise<FilePatch | null> {
  const [included, left] = [files.slice(0, MOST_FILES), files.slice(MOST_FILES)];
  const base = from ?? (await emptyTree(workspaceRoot));
  if (base === null || included.length === 0) {
    return null;
  }
  const tracked = await readGit(workspaceRoot, [
    ...['--literal-pathspecs', 'diff', ...DIFF, '--relative', base, '--', ...included],
  ]);
  const untracked = await readGit(workspaceRoot, [
    ...['--literal-pathspecs', 'ls-files', '--others', '-z', '--', ...included],
  ]);
  if (tracked === null || untracked === null) {
    return null;
  }
  const parts = [tracked];
  for (const path of untracked.split('\0').filter((each) => each !== '')) {
    // Exit code 1 means that there is a difference, as there always is here.
    const args = ['diff', ...DIFF, '--no-index', '--', '/dev/null', path];
    parts.push((await readGit(workspaceRoot, args, [0, 1])) ?? '');
  }
  const text = parts.join('');
  return text === '' || text.length > MOST_LENGTH ? null : { text, left };
}

/** Disables what the repository's configuration could start, and colours. */
const DIFF = ['--no-color', '--no-ext-diff', '--no-textconv', '--no-renames'];

async function emptyTree(workspaceRoot: string): Promise<string | null> {
  const hash = await readGit(workspaceRoot, ['hash-object', '-t', 'tree', '--stdin']);
  return hash === null ? null : hash.trim();
}
