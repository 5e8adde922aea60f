import { lstat, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../../system/error-code.ts';
import { syncDirectory } from '../../system/sync-directory.ts';

/**
 * Creates `path` unless it exists; its parent has to. A file that is flushed in a new directory is worth nothing if the
 * directory itself can be lost, so that is made durable too. Throws what the file system throws.
 */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      return;
    }
    throw error;
  }
  await syncDirectory(dirname(path));
}

/** The same where a link must not stand in for the directory: a repository can ship one that leads anywhere. */
export async function makePlainDirectory(path: string): Promise<void> {
  await makeDirectory(path);
  const found = await lstat(path);
  if (!found.isDirectory()) {
    throw new Error('a link or a file stands where a directory should be');
  }
}
