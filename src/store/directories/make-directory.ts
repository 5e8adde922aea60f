import { lstat, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { t } from '../../shared/messages.ts';
import { errorCode } from '../../system/error-code.ts';
import { syncDirectory } from '../../system/sync-directory.ts';

/**
 * Creates `path` unless it exists; its parent must exist. Also syncs the parent, because a flushed file survives a power
 * loss only if its directory does. Throws file system errors.
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

/** Like `makeDirectory`, but refuses a symbolic link at `path`: a repository can ship one that points anywhere. */
export async function makePlainDirectory(path: string): Promise<void> {
  await makeDirectory(path);
  const found = await lstat(path);
  if (!found.isDirectory()) {
    throw new Error(t('a link or a file stands where a directory should be'));
  }
}
