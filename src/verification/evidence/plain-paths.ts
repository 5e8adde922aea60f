/** Normalises a path for comparison: with `/`, without a leading `./` or a trailing `/`. */
export function plainPath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '');
}

/** Returns a test whether a path is one of `roots` or lies within one: a task may name a folder. */
export function pathsWithin(roots: readonly string[]): (path: string) => boolean {
  const plain = roots.map(plainPath).filter((root) => root !== '');
  const exact = new Set(plain);
  const folders = plain.map((root) => `${root}/`);
  return (path) => exact.has(path) || folders.some((folder) => path.startsWith(folder));
}
