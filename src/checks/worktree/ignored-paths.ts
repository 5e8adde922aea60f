import { STATE_DIRECTORY } from '../../shared/manifest.ts';

/**
 * Whether a path (relative, with `/`) says nothing about an agent's work: our own state, and what `ignore` names (files,
 * or folders with all that is in them).
 */
export function pathFilter(ignore: readonly string[]): (path: string) => boolean {
  const roots = [STATE_DIRECTORY, ...ignore].map((path) =>
    path.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/+$/, ''),
  );
  const exact = new Set(roots);
  const folders = roots.map((root) => `${root}/`);
  return (path) => exact.has(path) || folders.some((folder) => path.startsWith(folder));
}
