/** The workspace itself, as a path of a task. */
const WORKSPACE = '.';
/** Limits the work for hostile plans; real paths are not nested deeper. */
const MOST_LEVELS = 64;

/** Canonical spelling of a path: `/` between its parts, without `.`, empty and resolvable `..` parts. */
export function normalisePath(written: string): string {
  const parts: string[] = [];
  for (const part of written.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') {
      continue;
    }
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') {
      parts.pop();
    } else {
      parts.push(part);
    }
  }
  if (written.startsWith('/')) {
    return `/${parts.join('/')}`;
  }
  return parts.length === 0 ? WORKSPACE : parts.join('/');
}

/** The folders that contain a normalised path, outermost first. Case-sensitive. */
export function foldersOf(path: string): readonly string[] {
  if (path === WORKSPACE) {
    return [];
  }
  const outside = path.startsWith('/') || path === '..' || path.startsWith('../');
  const folders = outside ? [] : [WORKSPACE];
  for (
    let end = path.indexOf('/', 1);
    end !== -1 && folders.length < MOST_LEVELS;
    end = path.indexOf('/', end + 1)
  ) {
    folders.push(path.slice(0, end));
  }
  return folders;
}
