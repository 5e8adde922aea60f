import { failure, type Result, success } from '../../shared/result.ts';
import { SerialQueue } from '../../shared/serial-queue.ts';
import { cannotWrite, type StateFailure } from './state-failure.ts';

/** How long to collect changes before writing, ms. */
const COALESCE_MS = 1000;

/** A file, or several, that can be made from a run's state at any time. */
export interface Projection {
  /** Absolute, for messages. */
  readonly path: string;
  /** Writes the current state; rejects if it cannot. Called once for each write, not for each change. */
  readonly write: () => Promise<void>;
}

/**
 * Keeps a projection up to date for the group's holder. A failed write stops nothing: the next change retries it, and the
 * next `flush` returns the failure. After the lock is lost, it writes nothing.
 */
export class ProjectionWriter {
  readonly #projection: Projection;
  readonly #lock: { isStillMine(): Promise<boolean> };
  /** Sequential, so that older content never replaces newer content. */
  readonly #queue = new SerialQueue();
  #changed = false;
  #timer: NodeJS.Timeout | undefined;
  #last: Result<void, StateFailure> = success(undefined);

  constructor(projection: Projection, lock: { isStillMine(): Promise<boolean> }) {
    this.#projection = projection;
    this.#lock = lock;
  }

  /** Schedules a write within a second. */
  touch(): void {
    this.#changed = true;
    this.#timer ??= setTimeout(() => void this.flush(), COALESCE_MS);
  }

  /** Writes now, even if nothing has changed. */
  write(): Promise<Result<void, StateFailure>> {
    this.#changed = true;
    return this.flush();
  }

  /** Writes pending changes now; without any, returns the result of the last write. */
  flush(): Promise<Result<void, StateFailure>> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#queue.run(async () => {
      if (this.#changed && (await this.#lock.isStillMine())) {
        this.#last = await this.#writeNow();
      }
      return this.#last;
    });
  }

  /** Discards pending changes. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed = false;
  }

  async #writeNow(): Promise<Result<void, StateFailure>> {
    this.#changed = false;
    try {
      await this.#projection.write();
      return success(undefined);
    } catch (error) {
      this.#changed = true;
      return failure(cannotWrite(this.#projection.path, error));
    }
  }
}
