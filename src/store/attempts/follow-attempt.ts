import { type FSWatcher, watch } from 'node:fs';
import type { Disposable } from '../../shared/disposable.ts';
import { type ReadEvent, readRunnerEvents } from './event-reader.ts';

/** Where the platform cannot watch, or tells of a growing file only once it is closed (Windows). */
const POLL_MS = 2000;

/** Follows a runner; `poke` looks at once, for whoever has another sign that something changed. */
export interface AttemptFollower extends Disposable {
  poke(): void;
}

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
  #watcher: FSWatcher | undefined;
  #poll: NodeJS.Timeout | undefined;
  #state: 'idle' | 'reading' | 'again' | 'disposed' = 'idle';

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
    try {
      this.#watcher = watch(this.#directory, () => this.poke());
      this.#watcher.on('error', () => this.#pollInstead());
      if (process.platform === 'win32') this.#startPolling();
    } catch {
      this.#pollInstead();
    }
    // What was written before the watch began.
    this.poke();
  }

  poke(): void {
    if (this.#state === 'idle') {
      this.#state = 'reading';
      void this.#read();
    } else if (this.#state === 'reading') {
      this.#state = 'again';
    }
  }

  dispose(): void {
    this.#state = 'disposed';
    this.#watcher?.close();
    clearInterval(this.#poll);
  }

  async #read(): Promise<void> {
    const read = await readRunnerEvents(this.#directory, this.#offset);
    if (!read.ok) {
      if (this.#isOver()) return;
      this.dispose();
      this.#onError(read.failure);
      return;
    }
    for (const entry of read.value.events) {
      // A listener may dispose.
      if (this.#isOver()) return;
      this.#offset = entry.offset;
      this.#listener(entry);
    }
    if (this.#isOver()) return;
    const again = this.#state === 'again' || read.value.events.length > 0;
    this.#state = 'idle';
    if (again) this.poke();
  }

  #isOver(): boolean {
    return this.#state === 'disposed';
  }

  #pollInstead(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    if (!this.#isOver()) this.#startPolling();
  }

  #startPolling(): void {
    this.#poll ??= setInterval(() => this.poke(), POLL_MS);
  }
}
