import { closeSync, fdatasync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import type { RunnerEvent } from '../../coordinator/schema/attempt.ts';
import { syncDirectory } from '../../system/sync-directory.ts';
import { attemptFiles } from './attempt-directory.ts';

const syncData = promisify(fdatasync);

/**
 * Writes `events.jsonl`. Only the process that claimed the attempt uses it, so the file has one writer. Each line is
 * written immediately (a later crash of this process loses none); `end` also makes the lines survive a power loss.
 */
export class EventWriter {
  readonly #fd: number;
  /** Resolves when the file, and every file created earlier in its directory, survives a power loss. */
  readonly created: Promise<void>;
  #open = true;

  /** Throws if the file exists: the attempt has already been run. */
  constructor(directory: string) {
    this.#fd = openSync(attemptFiles(directory).events, 'ax');
    this.created = syncDirectory(directory);
    // `end` awaits it; the handler avoids an unhandled rejection before then.
    this.created.catch(() => undefined);
  }

  /** Appends one line. Does nothing after `end`, so that the `ended` event stays the last line. */
  append(event: RunnerEvent): void {
    if (!this.#open) {
      return;
    }
    writeWhole(this.#fd, Buffer.from(`${JSON.stringify(event)}\n`));
  }

  /** Appends the last line; resolves when everything is on disk. */
  async end(event: Extract<RunnerEvent, { type: 'ended' }>): Promise<void> {
    this.append(event);
    this.#open = false;
    try {
      await Promise.all([syncData(this.#fd), this.created]);
    } finally {
      closeSync(this.#fd);
    }
  }
}

function writeWhole(fd: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) {
    written += writeSync(fd, bytes, written);
  }
}
