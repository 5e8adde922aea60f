import { findSourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

const position = /([^\s()]+\.js):(\d+):(\d+)/g;

/** Returns `stack` with places in the sources instead of places in the bundle. */
export function sourceStack(stack: string): string {
  return stack.replace(position, (text, file: string, line: string, column: string) => {
    const entry = findSourceMap(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !('originalSource' in entry)) {
      return text;
    }
    const source = entry.originalSource.startsWith('file:')
      ? fileURLToPath(entry.originalSource)
      : entry.originalSource;
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}
