import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../../', import.meta.url);

/** Absolute path of a file of the project. */
export function projectFile(path: string): string {
  return fileURLToPath(new URL(path, ROOT));
}

/** The text of a file of the project, such as `docs/words.md`. */
export function readPage(path: string): string {
  return readFileSync(projectFile(path), 'utf8');
}

/** The cells of the table whose heading begins with these cells, without heading and rule. */
export function tableOf(page: string, ...heading: readonly string[]): string[][] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading.join(' | ')} |`));
  if (start === -1) {
    throw new Error(`The page has no table “${heading.join(' | ')}”.`);
  }
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end === -1 ? rows.length : end).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The texts in back ticks of a cell. */
export function quotedIn(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
}
