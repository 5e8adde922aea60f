import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the detection sees of a workspace: the names in its root, and files by their path from there. */
export interface Folder {
  readonly names: readonly string[];
  /** Whether the root has an entry of that name. */
  has(name: string): boolean;
  /** The text of a file, `null` where it cannot be read. */
  read(path: string): Promise<string | null>;
  /** The names in a folder; none where it cannot be read. */
  list(path: string): Promise<readonly string[]>;
  /** Whether there is anything at that path. */
  exists(path: string): Promise<boolean>;
}

/** Opens the workspace at `root` (absolute) for detection; one that cannot be read is empty. */
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
