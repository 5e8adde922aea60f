import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = path.resolve(fileURLToPath(new URL('../../..', import.meta.url)));

/** Folder for the output of failed tests. */
export const resultsFolder = path.join(repository, 'test-results');

/** Returns a path below test-results/, with a file name made from any text. */
export async function resultFile(name: string, extension: string): Promise<string> {
  await mkdir(resultsFolder, { recursive: true });
  const safe = name
    .replace(/[^\p{L}\p{N}.]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 120);
  return path.join(resultsFolder, `${safe}.${extension}`);
}
