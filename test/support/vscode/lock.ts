import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './setup-error.ts';

/** A lock without a readable owner is kept for this long, because its owner may be writing it; ms. */
const unreadableForMs = 10_000;
const pollMs = 300;

/** Runs `work` while no other process on this machine holds `file`; waits for its holder to end. */
export async function withLock<T>(file: string, title: string, work: () => Promise<T>): Promise<T> {
  await acquire(file, title);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(file: string, title: string): Promise<void> {
  let isAnnounced = false;
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (!isCode(error, 'EEXIST')) {
        throw error;
      }
    }
    const owner = await deadOwner(file);
    if (owner !== undefined) {
      say(`  removing the lock that an interrupted installation left: ${file}`);
      await remove(file, owner);
      continue;
    }
    if (!isAnnounced) {
      say(`  waiting for another process that installs ${title} (${file}) …`);
    }
    isAnnounced = true;
    await sleep(pollMs);
  }
}

/** Returns the content of an abandoned lock; undefined while its owner runs, or may be about to write. */
async function deadOwner(file: string): Promise<string | undefined> {
  try {
    const owner = await readFile(file, 'utf8');
    const pid = Number(owner);
    if (Number.isInteger(pid) && pid > 0) {
      return isAlive(pid) ? undefined : owner;
    }
    const { mtimeMs } = await stat(file);
    return Date.now() - mtimeMs > unreadableForMs ? owner : undefined;
  } catch (error) {
    if (isCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

/** Removes the lock of `owner` only: another process may have removed it and taken a new one. */
async function remove(file: string, owner: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
    if ((await readFile(aside, 'utf8')) !== owner) {
      await link(aside, file);
    }
  } catch (error) {
    if (!isCode(error, 'ENOENT') && !isCode(error, 'EEXIST')) {
      throw error;
    }
  }
  await rm(aside, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs and belongs to another user.
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
