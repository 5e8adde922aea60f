import { closeSync, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { errorCode } from './error-code.ts';

const sync = promisify(fsync);

/** Error codes of Windows and file systems that cannot sync directories; a new name cannot be more durable there. */
const UNSUPPORTED = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF']);

/** Makes the names created in `directory` survive a power loss, if the platform supports it. */
export async function syncDirectory(directory: string): Promise<void> {
  try {
    const fd = openSync(directory, 'r');
    try {
      await sync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (!UNSUPPORTED.has(errorCode(error) ?? '')) {
      throw error;
    }
  }
}
