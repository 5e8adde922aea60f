import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';

/** All descendants of a process with this variable inherit it, even if they left its session. */
export const markVariable = 'PARALLEL_GROUPS_TEST_TREE';

const politeMs = 3_000;
const pollMs = 50;

/**
 * Ends `root`, its descendants and, on Linux, every process with `mark` in its environment: first
 * with TERM, then with KILL. Returns the pids that had to be killed.
 */
export async function endTree(root: number, mark: string): Promise<readonly number[]> {
  const tree = await pidsOf(root, mark);
  signal(tree, 'SIGTERM');
  const deadline = Date.now() + politeMs;
  let rest = await pidsOf(root, mark);
  while (rest.length > 0 && Date.now() < deadline) {
    await sleep(pollMs);
    rest = await pidsOf(root, mark);
  }
  signal(rest, 'SIGKILL');
  return rest;
}

async function pidsOf(root: number, mark: string): Promise<readonly number[]> {
  const found = new Set([...(await descendants(root)), ...(await marked(mark))]);
  found.delete(process.pid);
  return [...found];
}

/** Returns `root` if it runs, and all its descendants. */
async function descendants(root: number): Promise<readonly number[]> {
  const { stdout } = await execa('ps', ['-A', '-o', 'pid=,ppid=,stat='], { reject: false });
  const rows = stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    // A zombie has ended; only its parent can remove it.
    .filter(([, , stat]) => stat?.startsWith('Z') === false)
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
  const tree = rows.filter((row) => row.pid === root).map((row) => row.pid);
  for (const parent of tree) {
    tree.push(...rows.filter((row) => row.parent === parent).map((row) => row.pid));
  }
  return tree;
}

async function marked(mark: string): Promise<readonly number[]> {
  if (process.platform !== 'linux') {
    return [];
  }
  const needle = `${markVariable}=${mark}`;
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const hits = await Promise.all(
    names.map(async (name) => [name, await hasMark(name, needle)] as const),
  );
  return hits.filter(([, hit]) => hit).map(([name]) => Number(name));
}

async function hasMark(pid: string, needle: string): Promise<boolean> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1');
    return environment.split('\0').includes(needle);
  } catch {
    // It has ended in the meantime, or belongs to another user.
    return false;
  }
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended since the listing.
    }
  }
}
