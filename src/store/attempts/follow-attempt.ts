import { basename } from 'node:path';
import { type DirectoryWatch, watchDirectory } from '../files/watch-directory.ts';
import { attemptFiles } from './attempt-directory.ts';
import { type ReadEvent, readRunnerEvents } from './event-reader.ts';

/** Follows a runner's events. Call `refresh` if another source says that something changed. */
export type AttemptFollower = DirectoryWatch;

/**
 * Delivers the events of the attempt in `directory` from byte `fromOffset` on, in order and each exactly once, as they
 * are written. The directory must exist. `onError` (an invalid line) ends the delivery.
 */
export function followAttempt(
  directory: string,
  fromOffset: number,
  listener: (entry: ReadEvent) => void,
  onError: (message: string) => void,
): AttemptFollower {
  const reader = new Follower(directory, fromOffset, listener, onError);
  reader.start();
  return reader;
}

class Follower implements AttemptFollower {
  readonly #directory: string;
  readonly #listener: (entry: ReadEvent) => void;
  readonly #onError: (message: string) => void;
  #offset: number;
  #watch: DirectoryWatch | null = null;
  readonly #stopped = new AbortController();

  constructor(
    directory: string,
    offset: number,
    listener: (entry: ReadEvent) => void,
    onError: (message: string) => void,
  ) {
    this.#directory = directory;
    this.#offset = offset;
    this.#listener = listener;
    this.#onError = onError;
  }

  start(): void {
    const events = basename(attemptFiles(this.#directory).events);
    this.#watch = watchDirectory(this.#directory, () => this.#readAll(), events);
  }

  refresh(): void {
    this.#watch?.refresh();
  }

  dispose(): void {
    this.#stopped.abort();
    this.#watch?.dispose();
  }

  /** Reads until no new events come: one call returns at most one block. */
  async #readAll(): Promise<void> {
    while (await this.#read()) {
      // Each call reads one block.
    }
  }

  /** Resolves to whether there may be more events. */
  async #read(): Promise<boolean> {
    const read = await readRunnerEvents(this.#directory, this.#offset);
    if (!read.ok) {
      if (!this.#stopped.signal.aborted) {
        this.dispose();
        this.#onError(read.failure);
      }
      return false;
    }
    for (const entry of read.value.events) {
      // A listener may dispose this follower.
      if (this.#stopped.signal.aborted) {
        return false;
      }
      this.#offset = entry.offset;
      this.#listener(entry);
    }
    return read.value.events.length > 0 && !this.#stopped.signal.aborted;
  }
}
