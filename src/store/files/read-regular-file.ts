import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { t } from '../../shared/messages.ts';

/**
 * Does not follow a link, and does not block on a pipe. Windows has neither constant; there, `undefined` adds no bit.
 */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Reads the bytes of a file from `from` on. A repository can ship links (for example to an endless device) and huge files,
 * so it refuses anything but a regular file with at most `maxBytes` to read. Throws file system errors.
 */
export async function readRegularFile(path: string, maxBytes: number, from = 0): Promise<Buffer> {
  const file = await open(path, FLAGS);
  try {
    const found = await file.stat();
    if (!found.isFile()) {
      throw new Error(t('it is not a regular file'));
    }
    if (found.size < from) {
      throw new Error(t('it became shorter'));
    }
    if (found.size - from > maxBytes) {
      throw new Error(t('it is larger than {0} bytes', maxBytes));
    }
    return await readBytes(file, from, found.size - from);
  } finally {
    await file.close();
  }
}

async function readBytes(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, from + filled);
    // The file became shorter during the read.
    if (bytesRead === 0) {
      break;
    }
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
