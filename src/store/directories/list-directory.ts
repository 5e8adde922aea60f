import { readdir } from 'node:fs/promises';
import { errorCode } from '../../system/error-code.ts';

/**
 * The names in `directory`, sorted, without the hidden ones (files that are being written); none if it does not exist or
 * cannot be read.
 */
export async function listDirectory(directory: string): Promise<string[]> {
  try {
    const names = await readdir(directory);
    return names.filter((name) => !name.startsWith('.')).sort();
  } catch (error) {
    // Anything but a system error is a bug.
    if (errorCode(error) === undefined) {
      throw error;
    }
    return [];
  }
}
