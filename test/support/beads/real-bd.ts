import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { skip } from '../skip.ts';
import { removeDirectory, temporaryDirectory } from '../temp-directory.ts';
import { useEmptyHome } from './home.ts';

const run = promisify(execFile);

/** Runs the real bd in `folder`, as a user's terminal would; fails if bd fails. */
export async function bd(folder: string, ...args: readonly string[]): Promise<string> {
  return (await run('bd', args, { cwd: folder })).stdout;
}

/** Imports issues unchanged, in one call. */
export async function importIssues(folder: string, issues: readonly object[]): Promise<void> {
  const file = join(folder, 'issues.tmp');
  const lines = issues.map((issue) => JSON.stringify({ issue_type: 'task', ...issue }));
  writeFileSync(file, lines.join('\n'));
  await bd(folder, 'import', file);
}

/** Returns bd's output for one issue, as text. */
export function issueText(folder: string, id: string): Promise<string> {
  return bd(folder, 'list', '--all', '--flat', '--json', '--limit', '0', `--id=${id}`);
}

/** Trackers of the real bd for the tests of one suite. */
export interface Trackers {
  /** Creates a separate folder with an empty tracker, in which ids begin with `bd-`. */
  create(name?: string): string;
}

/** Gives a suite trackers with an empty home; skips the suite, visibly, if there is no bd. */
export function realTrackers(): Trackers {
  let root: string | null = null;
  let restore: (() => void) | null = null;
  let count = 0;
  before(async function () {
    root = temporaryDirectory();
    restore = useEmptyHome(root);
    if (spawnSync('bd', ['version'], { stdio: 'ignore' }).status !== 0) {
      skip(this, process.env.PARALLEL_GROUPS_NO_BD ?? 'there is no bd on the PATH');
    }
    // Creating a tracker is slow (seconds), copying one is fast.
    await emptyTracker(join(root, 'empty'));
  });
  after(() => {
    restore?.();
    if (root !== null) {
      removeDirectory(root);
    }
  });
  return {
    create: (into) => {
      if (root === null) {
        throw new Error('Trackers are made in tests.');
      }
      const folder = into ?? join(root, `workspace-${(count += 1)}`);
      cpSync(join(root, 'empty'), folder, { recursive: true });
      return folder;
    },
  };
}

async function emptyTracker(folder: string): Promise<void> {
  mkdirSync(folder);
  await run('git', ['init', '--quiet'], { cwd: folder });
  const quietly = ['--quiet', '--non-interactive', '--skip-agents', '--skip-hooks'];
  await bd(folder, 'init', '--prefix', 'bd', ...quietly);
}
