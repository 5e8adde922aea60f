import { join } from 'node:path';
import type { GroupMetadata } from '../../coordinator/schema/metadata.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { cannotWrite, type StateFailure } from '../files/state-failure.ts';

/** How long changes are collected before the file is written, ms. */
const COALESCE_MS = 1000;

/** A group's metadata file. */
export function metadataFile(groupDirectory: string): string {
  return join(groupDirectory, 'metadata.json');
}

/**
 * Keeps `metadata.json` up to date for the group's holder. The file is a projection, so a failed write stops nothing: the
 * next change retries it, and the next `flush` returns the failure.
 */
export class MetadataWriter {
  readonly #path: string;
  readonly #lock: { isStillMine(): Promise<boolean> };
  readonly #project: () => GroupMetadata;
  #changed = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<Result<void, StateFailure>> = Promise.resolve(success(undefined));

  /** `project` is called once for each write, not for each change. */
  constructor(
    groupDirectory: string,
    lock: { isStillMine(): Promise<boolean> },
    project: () => GroupMetadata,
  ) {
    this.#path = metadataFile(groupDirectory);
    this.#lock = lock;
    this.#project = project;
  }

  /** Schedules a write within a second. */
  touch(): void {
    this.#changed = true;
    this.#timer ??= setTimeout(() => void this.#writeNext(), COALESCE_MS);
  }

  /** Writes immediately, for changes of phase and before the process ends. Writes nothing after the lock is lost. */
  flush(): Promise<Result<void, StateFailure>> {
    this.#changed = true;
    return this.#writeNext();
  }

  /** Discards the pending write. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed = false;
  }

  /** Writes are sequential, so that older content never replaces newer content. */
  #writeNext(): Promise<Result<void, StateFailure>> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#writing = this.#writing.then((before) =>
      this.#changed ? this.#write() : before,
    ));
  }

  async #write(): Promise<Result<void, StateFailure>> {
    if (!(await this.#lock.isStillMine())) {
      return success(undefined);
    }
    this.#changed = false;
    const text = `${JSON.stringify(this.#project(), undefined, 2)}\n`;
    try {
      await writeFileAtomic(this.#path, text);
      return success(undefined);
    } catch (error) {
      this.#changed = true;
      return failure(cannotWrite(this.#path, error));
    }
  }
}
