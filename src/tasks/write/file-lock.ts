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
const PATIENCE_MS = 10_000;
/** A lock is held for milliseconds; one whose holder cannot be judged is given up after this. */
const STALE_MS = 30_000;

/** By the real path of the file. One that is empty keeps about 100 bytes. */
const queues = new Map<string, SerialQueue>();

/**
 * Runs `action` while nobody else of us, in this process or another one, changes the file `path` (real and absolute).
 * Fails with `busy` if the lock stays taken for ten seconds; throws what `action` throws.
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
    if (waited > PATIENCE_MS) {
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
  // Whoever makes the state directory keeps it out of version control.
  if (created === state) {
    await linkExclusive(join(state, '.gitignore'), '*\n');
  }
  return directory;
}

/**
 * Whether the lock's holder is gone. Two who find that at once may both remove a lock, in the worst case each other's:
 * then the comparison before the replacement is what still protects the file.
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
    // Released or replaced while we looked, or half-written on a file system without links.
    return false;
  }
}
