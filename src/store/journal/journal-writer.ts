import { constants, fstatSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type RunEvent, type SegmentHeader } from '../../coordinator/schema/events.ts';
import { FORMAT } from '../../coordinator/schema/format.ts';
import type { GroupKey, RunId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { linkExclusive } from '../../system/atomic-file.ts';
import { describeError } from '../files/state-failure.ts';
import type { WriteFailure } from './journal-failure.ts';
import { orderProblem, type Position } from './lines.ts';
import { originOf } from './origin.ts';
import { segmentFile } from './segment-file.ts';

/** Maximum time until an appended event is on disk without a flush, ms. */
const LAZY_MS = 100;

export interface SegmentStart {
  readonly runDirectory: string;
  readonly run: RunId;
  readonly group: GroupKey;
  /** The epoch of the held lock. */
  readonly epoch: number;
  /** The end of the journal as it was read, or `null` for a new run. */
  readonly previous: Position | null;
}

/**
 * Creates the segment of this epoch and writes its header to disk. Fails if the epoch has a segment: a segment has one
 * writer, and is never opened a second time.
 */
export async function openSegment(
  start: SegmentStart,
): Promise<Result<JournalWriter, WriteFailure>> {
  const { runDirectory, run, group, epoch, previous } = start;
  const file = segmentFile(runDirectory, epoch);
  const accepted = previous === null ? null : { epoch: previous.epoch, length: previous.length };
  const segment: SegmentHeader['segment'] = { run, group, epoch, previous: accepted };
  const header = `${JSON.stringify({ v: FORMAT, segment })}\n`;
  try {
    if (previous !== null) {
      await makeDurable(segmentFile(runDirectory, previous.epoch));
    }
    if (!(await linkExclusive(file, header))) {
      return failure(cannotWrite(file, t('the segment of this epoch exists already')));
    }
    const handle = await open(file, constants.O_WRONLY | constants.O_APPEND);
    return success(new JournalWriter(file, handle, Buffer.byteLength(header), previous));
  } catch (error) {
    return failure(cannotWrite(file, describeError(error)));
  }
}

/**
 * Syncs the previous segment, whose holder may have been killed between a write and its sync. The new header names the
 * accepted length; if a power loss then removed those bytes, the chain would be broken permanently.
 */
async function makeDurable(segment: string): Promise<void> {
  const handle = await open(segment, constants.O_RDWR);
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/**
 * Appends events to one segment. `append` only collects; one write and one fdatasync commit all events of the same turn of
 * the event loop. After the first error it writes nothing more and every flush returns that failure: a line may be torn,
 * and a line after it would make the journal unreadable.
 */
export class JournalWriter {
  readonly #file: string;
  readonly #handle: FileHandle;
  #length: number;
  #commits = 0;
  #last: { readonly seq: number; readonly at: number };
  #origin: string | null = null;
  #pending: Buffer[] = [];
  /** The commit in progress. */
  #running: Promise<void> | null = null;
  /** The commit of the pending events, at the end of this turn or after the running commit. */
  #next: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #failure: WriteFailure | null = null;
  #closed = false;

  constructor(file: string, handle: FileHandle, length: number, previous: Position | null) {
    this.#file = file;
    this.#handle = handle;
    this.#length = length;
    this.#last = previous ?? { seq: 0, at: -Infinity };
  }

  /** Bytes of the segment, including those not yet written. */
  get length(): number {
    return this.#length;
  }

  /** The number of completed syncs. */
  get commits(): number {
    return this.#commits;
  }

  /** Identifies this run in the run register; `null` before its first event, and in a segment that continues a run. */
  get origin(): string | null {
    return this.#origin;
  }

  /** Appends an event. It is on disk after the next successful `flush`, or within 100 ms. Throws if it is out of order. */
  append(event: RunEvent): void {
    const disorder = orderProblem(event, this.#last.seq, this.#last.at);
    if (disorder !== null || this.#closed) {
      throw new Error(`Event ${event.seq} ${disorder ?? 'comes after the journal was closed'}`);
    }
    const line = Buffer.from(`${JSON.stringify(event)}\n`);
    if (event.seq === 1) {
      this.#origin = originOf(line);
    }
    this.#last = { seq: event.seq, at: event.at };
    this.#length += line.length;
    if (this.#failure !== null) {
      return;
    }
    this.#pending.push(line);
    this.#timer ??= setTimeout(() => void this.flush(), LAZY_MS);
  }

  /** Resolves when all events appended before are on disk. A failure is permanent: perform no effect. */
  async flush(): Promise<Result<void, WriteFailure>> {
    if (this.#pending.length > 0) {
      await (this.#next ??= this.#commitNext());
    } else {
      await this.#running;
    }
    return this.#failure === null ? success(undefined) : failure(this.#failure);
  }

  /** Flushes and closes the file. Append nothing afterwards. */
  async close(): Promise<Result<void, WriteFailure>> {
    if (this.#closed) {
      return this.flush();
    }
    this.#closed = true;
    const flushed = await this.flush();
    clearTimeout(this.#timer);
    await this.#handle.close().catch((error: unknown) => this.#fail(describeError(error)));
    return flushed;
  }

  async #commitNext(): Promise<void> {
    // Even without a running commit this waits one tick, so that the commit includes later events of the same turn.
    await this.#running;
    this.#next = null;
    this.#running = this.#commit();
    await this.#running;
  }

  async #commit(): Promise<void> {
    const lines = Buffer.concat(this.#pending);
    this.#pending = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#failure !== null) {
      return;
    }
    try {
      await this.#write(lines);
      await this.#handle.datasync();
      this.#commits += 1;
      // Synchronous: the kernel answers from memory.
      if (fstatSync(this.#handle.fd).nlink === 0) {
        this.#fail(t('it was deleted'));
      }
    } catch (error) {
      this.#fail(describeError(error));
    }
  }

  async #write(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#handle.write(bytes, done);
      done += bytesWritten;
    }
  }

  #fail(what: string): void {
    this.#failure ??= cannotWrite(this.#file, what);
  }
}

function cannotWrite(file: string, what: string): WriteFailure {
  return { reason: 'cannot_write', file, message: t('{0} cannot be written: {1}.', file, what) };
}
