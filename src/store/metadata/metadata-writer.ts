import { join } from 'node:path';
import type { GroupMetadata } from '../../coordinator/schema/metadata.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { cannotWrite, type StateFailure } from '../files/state-failure.ts';

/** How long changes are gathered before the file is written, ms. */
const COALESCE_MS = 1000;

/** A group's metadata file. */
export function metadataFile(groupDirectory: string): string {
  return join(groupDirectory, 'metadata.json');
}

/**
 * Keeps `metadata.json` up to date for the group's holder. It is a projection that readers can do without, so a failed
 * write stops nothing: it is tried again with the next change, and told by the next `flush`.
 */
export class MetadataWriter {
  readonly #path: string;
  readonly #lock: { isStillMine(): Promise<boolean> };
  readonly #project: () => GroupMetadata;
  #changed = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<Result<void, StateFailure>> = Promise.resolve(success(undefined));

  /** `project` is called when the file is about to be written, not at every change. */
  constructor(
    groupDirectory: string,
    lock: { isStillMine(): Promise<boolean> },
    project: () => GroupMetadata,
  ) {
    this.#path = metadataFile(groupDirectory);
    this.#lock = lock;
    this.#project = project;
  }

  /** Something changed: the file follows within a second. */
  touch(): void {
    this.#changed = true;
    this.#timer ??= setTimeout(() => void this.#writeNext(), COALESCE_MS);
  }

  /** Writes now, for changes of phase and before the end of the process. Nothing is written once the lock is lost. */
  flush(): Promise<Result<void, StateFailure>> {
    this.#changed = true;
    return this.#writeNext();
  }

  /** Forgets what was not yet written. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed = false;
  }

  /** One write after the other, so that an older content never replaces a newer one. */
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
