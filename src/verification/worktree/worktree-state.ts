import { join } from 'node:path';
import * as z from 'zod/mini';
import { readGit } from '../git/git.ts';
import { ABSENT, describeContent } from './file-content.ts';
import { parseRawDiff, parseStatus, type StatusEntry } from './git-status.ts';
import { isGenerated, pathFilter } from './ignored-paths.ts';
import { isSameFile, walkFiles } from './walk-files.ts';

const hash = z.string().check(z.regex(/^[0-9a-f]{40,64}$/));
const files = z.record(z.string(), z.string());
const gitSnapshotSchema = z.object({
  kind: z.literal('git'),
  /** Absolute. */
  root: z.string(),
  ignore: z.array(z.string()),
  /** The workspace's folder within the repository: empty, or ending with `/`. */
  prefix: z.string(),
  /** The commit that is checked out; `null` before the first one. */
  head: z.nullable(hash),
  /** Content of the files that differ from that commit. */
  files,
});
/** A snapshot as stored in a file. The file is not trusted: anyone may have written it. */
export const worktreeSnapshotSchema = z.discriminatedUnion('kind', [
  gitSnapshotSchema,
  /** Without git: all files, see `walkFiles`. */
  z.object({ kind: z.literal('walk'), files }),
]);
/** The files of a workspace at one moment, for comparison with a later one. Paths are relative to it, with `/`. */
export type WorktreeSnapshot = z.infer<typeof worktreeSnapshotSchema>;
type GitSnapshot = z.infer<typeof gitSnapshotSchema>;

/** Stands for a file that equals the last commit. */
const COMMITTED = 'committed';
const AT_ONCE = 16;

/**
 * Snapshots the workspace's files. Within a git repository: those that are changed or untracked, by content (excluding
 * files that git ignores). Elsewhere: all files, at most 50,000, by content as far as that is cheap. Excludes
 * `.parallel-groups` and the paths in `ignore`: files or folders relative to the workspace, such as the plan files.
 */
export async function takeSnapshot(
  workspaceRoot: string,
  ignore: readonly string[],
): Promise<WorktreeSnapshot> {
  const inGit = await gitSnapshot(workspaceRoot, ignore);
  if (inGit !== null) {
    return inGit;
  }
  const walked = await walkFiles(workspaceRoot, pathFilter(ignore));
  return { kind: 'walk', files: Object.fromEntries(walked) };
}

/**
 * Returns the files that differ between two snapshots of the same workspace, sorted: created, changed, deleted or put
 * back, whether or not they were committed in between. Returns `null` if the snapshots cannot be compared: the
 * repository, or the commit that was checked out, is gone.
 */
export async function changedFiles(
  before: WorktreeSnapshot,
  after: WorktreeSnapshot,
): Promise<string[] | null> {
  if (before.kind === 'git') {
    return after.kind === 'git' ? changedInGit(before, after) : null;
  }
  if (after.kind === 'git') {
    return newInGit(before.files, after);
  }
  const paths = new Set([...Object.keys(before.files), ...Object.keys(after.files)]);
  return [...paths].filter((path) => !isSameFile(before.files[path], after.files[path])).sort();
}

/** The folder became a repository in between: only new files are certain. */
async function newInGit(
  before: Readonly<Record<string, string>>,
  { root, ignore, files }: GitSnapshot,
): Promise<string[] | null> {
  const tracked = await readGit(root, ['ls-files', '-z']);
  if (tracked === null) {
    return null;
  }
  const isIgnored = pathFilter(ignore);
  const present = new Set([...tracked.split('\0'), ...Object.keys(files)]);
  return [...present]
    .filter((path) => path !== '' && before[path] === undefined && !isIgnored(path))
    .sort();
}

async function gitSnapshot(root: string, ignore: readonly string[]): Promise<GitSnapshot | null> {
  const prefix = (await readGit(root, ['rev-parse', '--show-prefix']))?.trimEnd();
  const output = await readGit(root, [
    'status',
    '--porcelain=v2',
    '--branch',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--',
    '.',
  ]);
  if (prefix === undefined || output === null) {
    return null;
  }
  const { head, entries } = parseStatus(output);
  const algorithm = head?.length === 64 ? 'sha256' : 'sha1';
  const isIgnored = pathFilter(ignore);
  const found = new Map<string, string>();
  const candidates = entries.flatMap((entry) => {
    const path = entry.path.slice(prefix.length);
    const generated = entry.committed === null && isGenerated(path);
    return generated || isIgnored(path.replace(/\/$/, '')) ? [] : [{ entry, path }];
  });
  for (let start = 0; start < candidates.length; start += AT_ONCE) {
    const batch = candidates.slice(start, start + AT_ONCE).map(async ({ entry, path }) => {
      const content = await contentOf(join(root, path), entry, algorithm);
      // Staged and then put back: the working tree equals the commit.
      if (content !== entry.committed) {
        found.set(path, content);
      }
    });
    await Promise.all(batch);
  }
  return { kind: 'git', root, ignore: [...ignore], prefix, head, files: Object.fromEntries(found) };
}

async function contentOf(
  path: string,
  { submodule }: StatusEntry,
  algorithm: 'sha1' | 'sha256',
): Promise<string> {
  if (submodule === null) {
    return describeContent(path, algorithm);
  }
  const head = await readGit(path, ['rev-parse', 'HEAD']);
  return `submodule:${submodule}:${head?.trim() ?? ABSENT}`;
}

async function changedInGit(before: GitSnapshot, after: GitSnapshot): Promise<string[] | null> {
  const committed = await committedBetween(before, after);
  if (committed === null) {
    return null;
  }
  const isIgnored = pathFilter(after.ignore);
  const paths = new Set([
    ...Object.keys(before.files),
    ...Object.keys(after.files),
    ...committed.keys(),
  ]);
  const differs = (path: string) => {
    const change = committed.get(path);
    const then = before.files[path] ?? change?.before ?? COMMITTED;
    const now = after.files[path] ?? change?.after ?? COMMITTED;
    return then !== now;
  };
  return [...paths].filter((path) => !isIgnored(path) && differs(path)).sort();
}

async function committedBetween(
  before: GitSnapshot,
  after: GitSnapshot,
): Promise<ReturnType<typeof parseRawDiff> | null> {
  if (before.head === after.head || after.head === null) {
    return new Map();
  }
  const { root, prefix } = after;
  const from = before.head ?? (await readGit(root, ['hash-object', '-t', 'tree', '--stdin']));
  const output =
    from === null
      ? null
      : await readGit(root, [
          'diff',
          '--raw',
          '-z',
          '--no-renames',
          '--no-abbrev',
          '--no-ext-diff',
          from.trim(),
          after.head,
          '--',
          '.',
        ]);
  if (output === null) {
    return null;
  }
  const changes = [...parseRawDiff(output)];
  return new Map(changes.map(([path, change]) => [path.slice(prefix.length), change]));
}
