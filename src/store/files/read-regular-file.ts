import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * A link is not followed, and a pipe does not block the thread that opens it. Windows knows neither constant; `undefined`
 * adds no bit.
 */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * The bytes of a file from `from` on. A repository can ship links (to a device without an end, say) and huge files, so
 * what is no regular file, or has more than `maxBytes` to read, is refused. Throws like the file system does.
 */
export async function readRegularFile(path: string, maxBytes: number, from = 0): Promise<Buffer> {
  const file = await open(path, FLAGS);
  try {
    const found = await file.stat();
    if (!found.isFile()) {
      throw new Error('it is not a regular file');
    }
    if (found.size < from) {
      throw new Error('it became shorter');
    }
    if (found.size - from > maxBytes) {
      throw new Error(`it is larger than ${maxBytes} bytes`);
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
    // It became shorter meanwhile.
    if (bytesRead === 0) {
      break;
    }
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
