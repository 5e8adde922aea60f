import {
  chmodSync,
  closeSync,
  fdatasync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { errorCode } from './error-code.ts';
import { syncDirectory } from './sync-directory.ts';

// Only what waits for the disk is asynchronous: a small file is written to memory, and a round trip through the thread
// pool takes longer than that.
const syncData = promisify(fdatasync);

/** How a file is written: `mode` for a new file's permissions, `fsync` to be safe against power loss as well. */
export interface WriteOptions {
  readonly mode?: number;
  readonly fsync?: boolean;
}

/** What a file system without hard links answers (FAT, some network and container mounts). */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK', 'EISDIR']);
/** On Windows a virus scanner or a reader may hold the target for a moment. */
const HELD = new Set(['EPERM', 'EACCES', 'EBUSY']);
const RENAME_TRIES = 8;

/**
 * Replaces `path` by `data` at once: readers see the old or the new content, never a part. The directory has to exist.
 * Throws what the file system throws; the target is then as it was.
 */
export async function writeFileAtomic(
  path: string,
  data: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  const temporary = temporaryName(path);
  try {
    await writeNew(temporary, data, options);
    await renameOver(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  if (options.fsync === true) {
    await syncDirectory(dirname(path));
  }
}

/**
 * Replaces the file `path` by `data`, safe against power loss, if `stillWanted` says so once the new content is on disk,
 * immediately before the replacement: there is no shorter time in which somebody else's change could be lost. Returns
 * whether it did. The new file has exactly the permissions `mode`. Throws what the file system throws.
 */
export async function replaceFileIf(
  path: string,
  data: Uint8Array,
  mode: number,
  stillWanted: () => Promise<boolean>,
): Promise<boolean> {
  const temporary = temporaryName(path);
  try {
    await writeNew(temporary, data, { mode, fsync: true });
    // The mode that a file is created with is cut by the umask.
    chmodSync(temporary, mode);
    if (!(await stillWanted())) {
      return false;
    }
    await renameOver(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  await syncDirectory(dirname(path));
  return true;
}

/** `leaveDirectory`: the caller syncs the directory before it relies on the file being there after a power loss. */
export interface LinkOptions {
  readonly leaveDirectory?: boolean;
}

/**
 * Creates `path` with `data` unless it exists: of any number of callers, in any process, exactly one gets `true`. The
 * file is complete and on disk before it appears. Where the file system knows no hard links it is created exclusively
 * instead; a reader may then find it half-written for a moment, and has to take an unreadable file for somebody's.
 */
export async function linkExclusive(
  path: string,
  data: string,
  options: LinkOptions = {},
): Promise<boolean> {
  const temporary = temporaryName(path);
  try {
    await writeNew(temporary, data, { fsync: true });
    if (!(await linkOrCreate(temporary, path, data))) {
      return false;
    }
  } finally {
    rmSync(temporary, { force: true });
  }
  if (options.leaveDirectory !== true) {
    await syncDirectory(dirname(path));
  }
  return true;
}

async function linkOrCreate(temporary: string, path: string, data: string): Promise<boolean> {
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') {
      return false;
    }
    if (code === undefined || !NO_LINKS.has(code)) {
      throw error;
    }
  }
  try {
    await writeNew(path, data, { fsync: true });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

async function writeNew(
  path: string,
  data: string | Uint8Array,
  options: WriteOptions,
): Promise<void> {
  const fd = openSync(path, 'wx', options.mode ?? 0o666);
  try {
    writeFileSync(fd, data);
    if (options.fsync === true) {
      await syncData(fd);
    }
  } finally {
    closeSync(fd);
  }
}

async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const held = process.platform === 'win32' && HELD.has(errorCode(error) ?? '');
      if (!held || attempt === RENAME_TRIES) {
        throw error;
      }
      await delay(10 * attempt);
    }
  }
}

/**
 * In the same directory, so that it can be renamed and linked; hidden, so that nobody lists it as content. Should another
 * machine have made the same name up, creating it fails rather than mixing the two.
 */
function temporaryName(path: string): string {
  const unique = `${process.pid}-${process.hrtime.bigint().toString(36)}`;
  return join(dirname(path), `.${basename(path)}.${unique}.tmp`);
}
