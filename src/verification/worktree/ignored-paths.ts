import { STATE_DIRECTORY } from '../../shared/manifest.ts';

/**
 * Returns a test whether a path (relative, with `/`) is unrelated to an agent's work: our own state, and the files and
 * folders that `ignore` names.
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
 * Returns whether a path lies in a folder that tools fill by themselves: running tests or installing packages is no
 * work done, even if git does not ignore it.
 */
export function isGenerated(path: string): boolean {
  return path
    .split('/')
    .slice(0, -1)
    .some((folder) => GENERATED.has(folder));
}
