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

// Only the sync to disk is asynchronous: the write of a small file goes to memory and is faster than a round trip
// through the thread pool.
const syncData = promisify(fdatasync);

/** Options of a write. `mode`: permissions of a new file. `fsync`: safe against power loss as well. */
export interface WriteOptions {
  readonly mode?: number;
  readonly fsync?: boolean;
}

/** Error codes of a file system without hard links (FAT, some network and container mounts). */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK', 'EISDIR']);
/** Error codes on Windows while a virus scanner or a reader has the target open for a moment. */
const IN_USE = new Set(['EPERM', 'EACCES', 'EBUSY']);
const MAX_RENAME_ATTEMPTS = 8;

/**
 * Replaces the content of `path` by `data` atomically: readers see the old or the new content, never a part. The
 * directory must exist. Throws the file system's errors and then leaves the target unchanged.
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
 * Replaces the file `path` by `data`, safe against power loss, if `stillWanted` resolves to `true`. Calls `stillWanted`
 * once the new content is on disk, immediately before the replacement: this is the shortest possible time in which
 * another process's change could be lost. Returns whether it replaced the file. The new file has exactly the
 * permissions `mode`. Throws the file system's errors.
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
    // The umask restricts the mode of a new file.
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

/** `leaveDirectory`: the caller syncs the directory before it relies on the file to survive a power loss. */
export interface LinkOptions {
  readonly leaveDirectory?: boolean;
}

/**
 * Creates `path` with `data` unless it exists: of any number of callers, in any process, exactly one gets `true`. The
 * file is complete and on disk before it appears. On a file system without hard links, creates it exclusively instead;
 * a reader may then find it half-written for a moment and must treat an unreadable file as owned by another process.
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
      const isInUse = process.platform === 'win32' && IN_USE.has(errorCode(error) ?? '');
      if (!isInUse || attempt === MAX_RENAME_ATTEMPTS) {
        throw error;
      }
      await delay(10 * attempt);
    }
  }
}

/**
 * Returns a unique name in the same directory, so that the file can be renamed and linked; hidden, so that no reader
 * lists it as content. If another machine generates the same name, the creation fails and the two never mix.
 */
function temporaryName(path: string): string {
  const unique = `${process.pid}-${process.hrtime.bigint().toString(36)}`;
  return join(dirname(path), `.${basename(path)}.${unique}.tmp`);
}
