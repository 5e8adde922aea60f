import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentitySchema } from '../../coordinator/schema/attempt.ts';
import { STATE_DIRECTORY } from '../../shared/manifest.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { SerialQueue } from '../../shared/serial-queue.ts';
import { linkExclusive } from '../../system/atomic-file.ts';
import { sha256Hex } from '../../system/hash.ts';
import { isAlive, ownIdentity } from '../../system/processes/process-identity.ts';

const WAIT_MS = 20;
const TIMEOUT_MS = 10_000;
/**
 * Age, in ms, at which a lock counts as abandoned if its holder's state is unknown. Locks are held for milliseconds.
 */
const STALE_MS = 30_000;

/** By the real path of the file. One that is empty keeps about 100 bytes. */
const queues = new Map<string, SerialQueue>();

/**
 * Runs `action` while no other process or call of ours changes the file `path` (real and absolute). Fails with `busy`
 * if the lock stays held for ten seconds; rethrows errors of `action`.
 */
export function withFileLock<T>(
  workspaceRoot: string,
  path: string,
  action: () => Promise<T>,
): Promise<Result<T, 'busy'>> {
  const queue = queues.get(path) ?? new SerialQueue();
  queues.set(path, queue);
  return queue.run(() => lockedAcrossProcesses(workspaceRoot, path, action));
}

async function lockedAcrossProcesses<T>(
  workspaceRoot: string,
  path: string,
  action: () => Promise<T>,
): Promise<Result<T, 'busy'>> {
  const lock = join(await lockDirectory(workspaceRoot), `${sha256Hex(path).slice(0, 32)}.lock`);
  const content = JSON.stringify(await ownIdentity());
  for (let waited = 0; !(await linkExclusive(lock, content)); waited += WAIT_MS) {
    if (waited > TIMEOUT_MS) {
      return failure('busy');
    }
    if (await isAbandoned(lock)) {
      await rm(lock, { force: true });
    } else {
      await delay(WAIT_MS);
    }
  }
  try {
    return success(await action());
  } finally {
    await rm(lock, { force: true });
  }
}

async function lockDirectory(workspaceRoot: string): Promise<string> {
  const state = join(workspaceRoot, STATE_DIRECTORY);
  const directory = join(state, 'locks');
  const created = await mkdir(directory, { recursive: true });
  // The process that creates the state directory keeps it out of version control.
  if (created === state) {
    await linkExclusive(join(state, '.gitignore'), '*\n');
  }
  return directory;
}

/**
 * Whether the lock's holder is gone. Two processes that detect this at once may both remove a lock, in the worst case
 * each other's: then only the comparison before the replacement still protects the file.
 */
async function isAbandoned(lock: string): Promise<boolean> {
  try {
    const holder = processIdentitySchema.safeParse(JSON.parse(await readFile(lock, 'utf8')));
    const life = holder.success ? await isAlive(holder.data) : 'unknown';
    if (life !== 'unknown') {
      return life === 'gone';
    }
    return Date.now() - (await stat(lock)).mtimeMs > STALE_MS;
  } catch {
    // Another process released or replaced it meanwhile, or it is half-written on a file system without links.
    return false;
  }
}
