import { createHash } from 'node:crypto';
import { lstat, readFile, readlink } from 'node:fs/promises';

/** Larger files are compared by size and time: reading them for every attempt would cost more than it shows. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Stands for a missing file. */
export const ABSENT = 'absent';

/**
 * Returns a file's mode and the hash of its content, in git's form (so that a file which was only committed counts as
 * unchanged); `ABSENT` if it is missing or unreadable. `algorithm` is the repository's.
 */
export async function describeContent(path: string, algorithm: 'sha1' | 'sha256'): Promise<string> {
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) {
      return `120000:${blobHash(Buffer.from(await readlink(path)), algorithm)}`;
    }
    if (!stats.isFile()) {
      return 'directory';
    }
    if (stats.size > MOST_BYTES) {
      return `large:${stats.size}:${stats.mtimeMs}`;
    }
    const mode = (stats.mode & 0o100) === 0 ? '100644' : '100755';
    return `${mode}:${blobHash(await readFile(path), algorithm)}`;
  } catch {
    return ABSENT;
  }
}

function blobHash(content: Buffer, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(`blob ${content.byteLength}\0`).update(content).digest('hex');
}
