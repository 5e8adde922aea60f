import { readdir } from 'node:fs/promises';
import { errorCode } from '../../system/error-code.ts';

/**
 * The names in `directory`, sorted, without hidden ones (temporary files); empty if the directory does not exist or cannot
 * be read.
 */
export async function listDirectory(directory: string): Promise<string[]> {
  try {
    const names = await readdir(directory);
    return names.filter((name) => !name.startsWith('.')).sort();
  } catch (error) {
    // Only system errors are expected; any other error is a bug.
    if (errorCode(error) === undefined) {
      throw error;
    }
    return [];
  }
}
