import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isGenerated } from './ignored-paths.ts';

/** Folders that are generated from other files or belong to a tool; they would only use up the limit. */
const SKIPPED = new Set(['.git', '.hg', '.svn', 'target']);
const MOST_FILES = 50_000;
/** The number of files that are compared by content: reading all for every attempt would cost more than it shows. */
const MOST_READ = 2_000;
const MOST_BYTES = 1024 * 1024;
const MOST_BYTES_IN_ALL = 64 * 1024 * 1024;

/**
 * Describes the files below `root` by path (relative, with `/`), nearest to the root first and at most 50,000 of them;
 * omits unreadable ones. `isSameFile` compares the descriptions.
 */
export async function walkFiles(
  root: string,
  isIgnored: (path: string) => boolean,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const budget = { files: MOST_READ, bytes: MOST_BYTES_IN_ALL };
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
        if (!SKIPPED.has(entry.name) && !isGenerated(`${path}/`)) {
          folders.push(path);
        }
      } else {
        files.set(path, await fingerprint(join(root, path), budget));
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

/** Returns whether two descriptions have the same content: by their hashes if both have one, else by size and time. */
export function isSameFile(before: string | undefined, after: string | undefined): boolean {
  if (before === undefined || after === undefined) {
    return before === after;
  }
  const [size, time, mode, hash] = before.split(':');
  const [otherSize, otherTime, otherMode, otherHash] = after.split(':');
  if (mode !== otherMode || size !== otherSize) {
    return false;
  }
  return hash === undefined || otherHash === undefined ? time === otherTime : hash === otherHash;
}

/** Returns size, time, mode and, while `budget` lasts, the hash of the content. */
async function fingerprint(
  path: string,
  budget: { files: number; bytes: number },
): Promise<string> {
  try {
    const stats = await lstat(path);
    const { size, mtimeMs, mode } = stats;
    const attributes = `${size}:${mtimeMs}:${mode}`;
    const isRead = stats.isFile() && size <= Math.min(MOST_BYTES, budget.bytes) && budget.files > 0;
    if (!isRead) {
      return attributes;
    }
    budget.files -= 1;
    budget.bytes -= size;
    return `${attributes}:${createHash('sha1')
      .update(await readFile(path))
      .digest('hex')}`;
  } catch {
    return 'absent';
  }
}
