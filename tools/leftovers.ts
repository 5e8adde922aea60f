// Finds what a step of the tests leaves behind: files in the temporary folder, and processes.
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { markedProcesses } from '../src/system/processes/marked-processes.ts';
import { stepVariable } from '../test/support/processes.ts';

/** How long files and processes may take to go after the end of their step, ms. */
const defaultGraceMs = 5_000;
const pollMs = 100;

/** What cannot be looked for on this system, for the last lines. */
export const unchecked: readonly string[] =
  process.platform === 'linux'
    ? []
    : ['- not checked: processes that the tests leave behind; only Linux finds them by their mark'];

/** A temporary folder and a mark for one step. */
export interface Watch {
  /** For the environment of the step. */
  readonly env: Readonly<Record<string, string>>;
  /** Waits a moment, then ends and removes all that is left of the step, and returns what that was; one line each. */
  end(): Promise<readonly string[]>;
}

/** `graceMs`: how long `end` waits. */
export async function watchLeftovers(graceMs = defaultGraceMs): Promise<Watch> {
  // A short path, because paths of sockets have at most 103 characters on macOS, whose own folder is long.
  const parent = process.platform === 'darwin' ? '/tmp' : tmpdir();
  const folder = await mkdtemp(path.join(await realpath(parent), 'pg'));
  const mark = randomUUID();
  const end = async (): Promise<readonly string[]> => {
    const deadline = performance.now() + graceMs;
    let left = await look(folder, mark);
    while (left.files.length + left.pids.length > 0 && performance.now() < deadline) {
      await sleep(pollMs);
      left = await look(folder, mark);
    }
    const lines = [...(await Promise.all(left.pids.map(describe))), ...left.files];
    for (const pid of left.pids) {
      kill(pid);
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    return lines;
  };
  return { env: { TMPDIR: folder, TMP: folder, TEMP: folder, [stepVariable]: mark }, end };
}

interface Left {
  readonly files: readonly string[];
  readonly pids: readonly number[];
}

async function look(folder: string, mark: string): Promise<Left> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.map((entry) => `${entry.isDirectory() ? 'folder' : 'file'} ${entry.name}`);
  return { files: files.sort(), pids: await processesOf(folder, mark) };
}

/** Returns the processes with `mark`, and those that work in `folder`. Finds none on other systems than Linux. */
async function processesOf(folder: string, mark: string): Promise<readonly number[]> {
  if (process.platform !== 'linux') {
    return [];
  }
  const found = new Set(markedProcesses({ [stepVariable]: mark }).found.map(({ pid }) => pid));
  for (const name of await readdir('/proc')) {
    if (/^\d+$/.test(name) && (await isBelow(folder, `/proc/${name}/cwd`))) {
      found.add(Number(name));
    }
  }
  found.delete(process.pid);
  return [...found];
}

async function isBelow(folder: string, link: string): Promise<boolean> {
  try {
    const target = await readlink(link);
    return target === folder || target.startsWith(`${folder}/`);
  } catch {
    // It has ended in the meantime, or belongs to another user.
    return false;
  }
}

async function describe(pid: number): Promise<string> {
  try {
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
    return `process ${pid}: ${command.slice(0, 200)}`;
  } catch {
    return `process ${pid}`;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended since the listing.
  }
}
