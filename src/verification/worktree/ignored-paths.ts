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

const GENERATED = new Set(['node_modules', '.venv', '__pycache__', '.pytest_cache', '.mypy_cache']);

/**
 * Whether a path lies in a folder that tools fill by themselves: that tests were run, or packages installed, is no work
 * done, even where nobody told git to ignore it.
 */
export function isGenerated(path: string): boolean {
  return path
    .split('/')
    .slice(0, -1)
    .some((folder) => GENERATED.has(folder));
}
