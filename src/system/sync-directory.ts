import { open } from 'node:fs/promises';
import { errorCode } from './error-code.ts';

/** Windows and some file systems cannot sync a directory; there a created name is as durable as it gets. */
const CANNOT = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF']);

/** Makes names that were created in `directory` survive a power loss, where the platform can. */
export async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!CANNOT.has(errorCode(error) ?? '')) throw error;
  }
}
