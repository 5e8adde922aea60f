import { open } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';

const MOST_BYTES = 4096;

/** The last lines of a file, without colours and control characters; empty if the file does not exist. */
export async function outputTail(path: string, lines: number): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const length = Math.min(size, MOST_BYTES);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
      return lastLines(buffer.toString('utf8'), lines);
    } finally {
      await file.close();
    }
  } catch {
    return '';
  }
}

function lastLines(text: string, lines: number): string {
  return stripVTControlCharacters(text)
    .split(/\r?\n/)
    .map((line) => line.replaceAll(/\p{Cc}/gu, ' ').trimEnd())
    .filter((line) => line !== '')
    .slice(-lines)
    .join('\n');
}
