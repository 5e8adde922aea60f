import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isGenerated } from './ignored-paths.ts';

/** What is made from other files, or belongs to a tool, and would only fill the bound. */
const SKIPPED = new Set(['.git', '.hg', '.svn', 'target']);
const MOST_FILES = 50_000;

/**
 * Size and time of the files below `root` by path (relative, with `/`), nearest to the root first and at most 50,000 of
 * them; what cannot be read is left out.
 */
export async function walkFiles(
  root: string,
  isIgnored: (path: string) => boolean,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const folders = [''];
  for (const folder of folders) {
    for (const entry of await list(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (files.size >= MOST_FILES) {
        return files;
      }
      if (isIgnored(path)) {
        continue;
      }
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name) && !isGenerated(`${path}/`)) folders.push(path);
      } else {
        files.set(path, await fingerprint(join(root, path)));
      }
    }
  }
  return files;
}

async function list(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function fingerprint(path: string): Promise<string> {
  try {
    const { size, mtimeMs, mode } = await lstat(path);
    return `${size}:${mtimeMs}:${mode}`;
  } catch {
    return 'absent';
  }
}
