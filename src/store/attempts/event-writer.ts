import { closeSync, fdatasync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import type { RunnerEvent } from '../../coordinator/schema/attempt.ts';
import { syncDirectory } from '../../system/sync-directory.ts';
import { attemptFiles } from './attempt-directory.ts';

const syncData = promisify(fdatasync);

/**
 * Writes `events.jsonl`. Used by the attempt's claimant alone, so nobody else ever writes to the file. Lines are
 * written at once (a later crash of this process loses none); `end` also makes them survive the machine's.
 */
export class EventWriter {
  readonly #fd: number;
  /** Settles when the file, and whatever else was created beside it before, survives a power loss. */
  readonly created: Promise<void>;
  #open = true;

  /** Throws if the file already exists: then the attempt was run before. */
  constructor(directory: string) {
    this.#fd = openSync(attemptFiles(directory).events, 'ax');
    this.created = syncDirectory(directory);
    // Awaited by `end` at the latest; until then its failure is nobody's unhandled rejection.
    this.created.catch(() => undefined);
  }

  /** Adds one line. After `end`, nothing is added: the last word is the last line. */
  append(event: RunnerEvent): void {
    if (!this.#open) {
      return;
    }
    writeWhole(this.#fd, Buffer.from(`${JSON.stringify(event)}\n`));
  }

  /** Adds the last line, and resolves when everything is on disk. */
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
