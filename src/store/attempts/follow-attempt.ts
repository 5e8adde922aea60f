import { basename } from 'node:path';
import { type DirectoryWatch, watchDirectory } from '../files/watch-directory.ts';
import { attemptFiles } from './attempt-directory.ts';
import { type ReadEvent, readRunnerEvents } from './event-reader.ts';

/** Follows a runner; `poke` looks at once, for whoever has another sign that something changed. */
export type AttemptFollower = DirectoryWatch;

/**
 * Delivers the events of the attempt in `directory` from byte `fromOffset` on, in order and each exactly once, as they
 * are written. The directory has to exist. After `onError` (a bad line) nothing more is delivered.
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
  #over = false;

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
    this.#watch = watchDirectory(this.#directory, () => this.#readOn(), events);
  }

  poke(): void {
    this.#watch?.poke();
  }

  dispose(): void {
    this.#over = true;
    this.#watch?.dispose();
  }

  /** Until nothing new comes: one reading gives out only so much. */
  async #readOn(): Promise<void> {
    while (await this.#read()) {
      // Each call reads one block; false means that nothing is left.
    }
  }

  /** Whether there may be more. */
  async #read(): Promise<boolean> {
    const read = await readRunnerEvents(this.#directory, this.#offset);
    if (!read.ok) {
      if (!this.#isOver()) {
        this.dispose();
        this.#onError(read.failure);
      }
      return false;
    }
    for (const entry of read.value.events) {
      // A listener may dispose.
      if (this.#isOver()) {
        return false;
      }
      this.#offset = entry.offset;
      this.#listener(entry);
    }
    return read.value.events.length > 0 && !this.#isOver();
  }

  #isOver(): boolean {
    return this.#over;
  }
}
