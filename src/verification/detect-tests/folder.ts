import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The workspace as the detection sees it: the names in its root, and files by path relative to the root. */
export interface Folder {
  readonly names: readonly string[];
  /** Returns whether the root has an entry of that name. */
  has(name: string): boolean;
  /** Returns the text of a file, or `null` if it cannot be read. */
  read(path: string): Promise<string | null>;
  /** Returns the names in a folder; empty if it cannot be read. */
  list(path: string): Promise<readonly string[]>;
  /** Returns whether the path exists. */
  exists(path: string): Promise<boolean>;
}

/** Opens the workspace at `root` (absolute) for detection; an unreadable workspace counts as empty. */
export async function openFolder(root: string): Promise<Folder> {
  const list = (path: string) => readdir(join(root, path)).catch((): string[] => []);
  const names = (await list('.')).sort();
  return {
    names,
    has: (name) => names.includes(name),
    read: (path) => readFile(join(root, path), 'utf8').catch(() => null),
    list,
    exists: (path) =>
      access(join(root, path)).then(
        () => true,
        () => false,
      ),
  };
}
