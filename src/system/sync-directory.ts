import { closeSync, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { errorCode } from './error-code.ts';

const sync = promisify(fsync);

/** Windows and some file systems cannot sync a directory; there a created name is as durable as it gets. */
const CANNOT = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF']);

/** Makes names that were created in `directory` survive a power loss, where the platform can. */
export async function syncDirectory(directory: string): Promise<void> {
  try {
    const fd = openSync(directory, 'r');
    try {
      await sync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (!CANNOT.has(errorCode(error) ?? '')) {
      throw error;
    }
  }
}
