import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { AgentEvent } from '../../agents/contract/adapter.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { watchDirectory } from '../../store/files/watch-directory.ts';
import { LineSplitter } from '../output/line-splitter.ts';

const CHUNK_BYTES = 64 * 1024;
/** A longer line is cut, bytes: what a tool was given may be a whole file. */
const LONGEST_LINE = 4 * 1024 * 1024;

/** What the hooks of a program tell that has the terminal; `dispose` reads what is left first. */
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
  const look = (): void => {
    if (read !== null) {
      offset = readOn(hooks, offset, lines);
    }
  };
  // Loaded while the program loads.
  void import('../../agents/claude/hooks.ts').then(({ hookEvents }) => {
    read = (line) => hookEvents(line, cwd);
    look();
  });
  const watch = watchDirectory(
    directory,
    () => {
      look();
      return Promise.resolve();
    },
    basename(hooks),
  );
  return {
    dispose: () => {
      watch.dispose();
      look();
    },
  };
}

/** Gives out what a file has from `offset` on, and how far that is; a missing file has nothing. */
function readOn(path: string, offset: number, lines: LineSplitter): number {
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
