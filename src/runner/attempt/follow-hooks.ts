import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { AgentEvent } from '../../agents/contract/adapter.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { watchDirectory } from '../../store/files/watch-directory.ts';
import { LineSplitter } from '../output/line-splitter.ts';

const CHUNK_BYTES = 64 * 1024;
/** Longer lines are cut, bytes: the input of a tool may be a whole file. */
const LONGEST_LINE = 4 * 1024 * 1024;

/** Delivers the hook reports of a program that owns the terminal. `dispose` delivers the remaining ones first. */
export function followHooks(
  directory: string,
  cwd: string,
  listener: (event: AgentEvent) => void,
): Disposable {
  const { hooks } = attemptFiles(directory);
  let read: ((line: string) => readonly AgentEvent[]) | null = null;
  const lines = new LineSplitter((line) => {
    for (const event of read?.(line) ?? []) {
      listener(event);
    }
  }, LONGEST_LINE);
  let offset = 0;
  const readNew = (): void => {
    if (read !== null) {
      offset = readFrom(hooks, offset, lines);
    }
  };
  // Loads while the program starts.
  void import('../../agents/claude/hooks.ts').then(({ hookEvents }) => {
    read = (line) => hookEvents(line, cwd);
    readNew();
  });
  const watch = watchDirectory(
    directory,
    () => {
      readNew();
      return Promise.resolve();
    },
    basename(hooks),
  );
  return {
    dispose: () => {
      watch.dispose();
      readNew();
    },
  };
}

/** Passes the bytes of a file from `offset` on to `lines`; returns the new offset. A missing file has no bytes. */
function readFrom(path: string, offset: number, lines: LineSplitter): number {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return offset;
  }
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let at = offset;
    for (;;) {
      const length = readSync(file, chunk, 0, chunk.length, at);
      if (length === 0) {
        return at;
      }
      lines.push(Buffer.from(chunk.subarray(0, length)));
      at += length;
    }
  } catch {
    return offset;
  } finally {
    closeSync(file);
  }
}
