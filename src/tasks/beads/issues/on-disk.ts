import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { errorCode } from '../../../system/error-code.ts';

/** Reads the text of a file; `null` if that fails. */
export async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return null;
  }
}

/** Replaces the text of a file, if that is possible. */
export async function replaceText(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
  }
}

/** Lists the names in a folder; empty if that fails. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return [];
  }
}

/** Whether `path` is an existing folder. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return false;
  }
}
