import { type FileHandle, open } from 'node:fs/promises';
import { type RunnerEvent, runnerEventSchema } from '../../coordinator/attempt.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { errorCode } from '../../system/error-code.ts';
import { attemptFiles } from './attempt-directory.ts';

const NEWLINE = 0x0a;
/** Read in one call; also the longest line that is accepted, bytes. */
const MOST_BYTES = 4 * 1024 * 1024;

/** An event with the byte offset after its line: where reading goes on. */
export interface ReadEvent {
  readonly event: RunnerEvent;
  readonly offset: number;
}

export interface ReadEvents {
  readonly events: readonly ReadEvent[];
  /** After the last complete line that was read; give it back to go on. */
  readonly offset: number;
}

/**
 * Reads a runner's complete lines from byte `fromOffset` on, at most 4 MiB a call (ask again until nothing new comes). A
 * last line without its end is being written or torn: it is left alone. A missing file has no events. A line that is
 * not a runner's event is a failure that names file and line, once the good lines before it have been given out.
 */
export async function readRunnerEvents(
  directory: string,
  fromOffset: number,
): Promise<Result<ReadEvents, string>> {
  const path = attemptFiles(directory).events;
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return success({ events: [], offset: fromOffset });
    return failure(`${path} cannot be read: ${String(error)}`);
  }
  try {
    return await readFrom(file, path, fromOffset);
  } finally {
    await file.close();
  }
}

async function readFrom(
  file: FileHandle,
  path: string,
  from: number,
): Promise<Result<ReadEvents, string>> {
  const { size } = await file.stat();
  if (size < from) return failure(`${path} is shorter than what was already read of it.`);
  const bytes = await readBytes(file, from, Math.min(size - from, MOST_BYTES));
  const events: ReadEvent[] = [];
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    const event = parseEvent(bytes.toString('utf8', start, end));
    if (event === null) {
      if (events.length > 0) break;
      const line = (await countLines(file, from + start)) + 1;
      return failure(`${path}:${line} is not an event of a runner; the file is kept as it is.`);
    }
    start = end + 1;
    events.push({ event, offset: from + start });
  }
  if (start === 0 && bytes.length === MOST_BYTES) {
    const line = (await countLines(file, from)) + 1;
    return failure(`${path}:${line} is longer than any event; the file is kept as it is.`);
  }
  return success({ events, offset: from + start });
}

async function readBytes(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
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

/** Only needed for a message, so the file is read again rather than every line counted. */
async function countLines(file: FileHandle, until: number): Promise<number> {
  let lines = 0;
  for (let at = 0; at < until; at += MOST_BYTES) {
    for (const byte of await readBytes(file, at, Math.min(MOST_BYTES, until - at))) {
      if (byte === NEWLINE) lines += 1;
    }
  }
  return lines;
}
