import { open } from 'node:fs/promises';

const MOST_BYTES = 4096;

/** The last lines of a file, without colours and control characters; empty where there is none. */
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
  return text
    .replaceAll(/\u001B\[[0-9;?]*[A-Za-z]|\u001B\][^\u0007]*(?:\u0007|\u001B\\)/g, '')
    .split(/\r?\n/)
    .map((line) => line.replaceAll(/\p{Cc}/gu, ' ').trimEnd())
    .filter((line) => line !== '')
    .slice(-lines)
    .join('\n');
}
