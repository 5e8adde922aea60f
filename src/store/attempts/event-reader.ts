import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type RunnerEvent, runnerEventSchema } from '../../coordinator/schema/attempt.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { errorCode } from '../../system/error-code.ts';
import { attemptFiles } from './attempt-directory.ts';

const NEWLINE = 0x0a;
/** Maximum bytes of one call; also the longest accepted line. */
const MOST_BYTES = 4 * 1024 * 1024;

/** An event with the byte offset after its line, where the next read starts. */
export interface ReadEvent {
  readonly event: RunnerEvent;
  readonly offset: number;
}

export interface ReadEvents {
  readonly events: readonly ReadEvent[];
  /** Byte offset after the last complete line; pass it to the next call. */
  readonly offset: number;
}

/**
 * Reads a runner's complete lines from byte `fromOffset` on, at most 4 MiB a call (repeat until a call returns no
 * events). An incomplete last line is ignored: it is being written, or was torn by a crash. A missing file has no events.
 * A line that is not a runner's event is a failure that names file and line, after the valid lines before it have been
 * returned.
 */
export function readRunnerEvents(
  directory: string,
  fromOffset: number,
): Promise<Result<ReadEvents, string>> {
  return Promise.resolve().then(() => readNow(attemptFiles(directory).events, fromOffset));
}

/** Reads synchronously, not through the thread pool: the bytes were just written, so they are in the file cache. */
function readNow(path: string, fromOffset: number): Result<ReadEvents, string> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return success({ events: [], offset: fromOffset });
    }
    return failure(t('{0} cannot be read: {1}', path, String(error)));
  }
  try {
    return readFrom(file, path, fromOffset);
  } finally {
    closeSync(file);
  }
}

function readFrom(file: number, path: string, from: number): Result<ReadEvents, string> {
  const { size } = fstatSync(file);
  if (size < from) {
    return failure(t('{0} is shorter than what was already read of it.', path));
  }
  const bytes = readBytes(file, from, Math.min(size - from, MOST_BYTES));
  const events: ReadEvent[] = [];
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    const event = parseEvent(bytes.toString('utf8', start, end));
    if (event === null) {
      if (events.length > 0) {
        break;
      }
      const line = countLines(file, from + start) + 1;
      return failure(
        t('{0}:{1} is not an event of a runner; the file is kept as it is.', path, line),
      );
    }
    start = end + 1;
    events.push({ event, offset: from + start });
  }
  if (start === 0 && bytes.length === MOST_BYTES) {
    const line = countLines(file, from) + 1;
    return failure(t('{0}:{1} is longer than any event; the file is kept as it is.', path, line));
  }
  return success({ events, offset: from + start });
}

function readBytes(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const read = readSync(file, bytes, filled, length - filled, from + filled);
    if (read === 0) {
      break;
    }
    filled += read;
  }
  return bytes.subarray(0, filled);
}

function parseEvent(line: string): RunnerEvent | null {
  try {
    const parsed = runnerEventSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Counts lines before byte `until`. Only error messages need it, so it reads the file again. */
function countLines(file: number, until: number): number {
  let lines = 0;
  for (let at = 0; at < until; at += MOST_BYTES) {
    for (const byte of readBytes(file, at, Math.min(MOST_BYTES, until - at))) {
      if (byte === NEWLINE) {
        lines += 1;
      }
    }
  }
  return lines;
}
