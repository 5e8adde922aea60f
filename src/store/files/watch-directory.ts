import { type FSWatcher, watch } from 'node:fs';
import type { Disposable } from '../../shared/disposable.ts';

/** Where the platform cannot watch, or tells of a growing file only once it is closed (Windows). */
const POLL_MS = 2000;

/** A directory that is being looked at; `poke` looks at once, for whoever has another sign that something changed. */
export interface DirectoryWatch extends Disposable {
  poke(): void;
}

/**
 * Calls `look` now and whenever something may have changed in `directory` (not below it), never twice at once; a change
 * during a look leads to another. The directory has to exist. `look` handles its own failures. `only`: the name of the
 * one file that matters, where the others change often.
 */
export function watchDirectory(
  directory: string,
  look: () => Promise<void>,
  only: string | null = null,
): DirectoryWatch {
  const directoryWatch = new Watch(directory, look, only);
  directoryWatch.start();
  return directoryWatch;
}

class Watch implements DirectoryWatch {
  readonly #directory: string;
  readonly #look: () => Promise<void>;
  readonly #only: string | null;
  #watcher: FSWatcher | undefined;
  #poll: NodeJS.Timeout | undefined;
  #state: 'idle' | 'looking' | 'again' | 'disposed' = 'idle';

  constructor(directory: string, look: () => Promise<void>, only: string | null) {
    this.#directory = directory;
    this.#look = look;
    this.#only = only;
  }

  start(): void {
    try {
      this.#watcher = watch(this.#directory, (_event, name) => {
        // Not every platform tells the name.
        if (this.#only === null || name === null || name === this.#only) {
          this.poke();
        }
      });
      this.#watcher.on('error', () => this.#pollInstead());
      if (process.platform === 'win32') {
        this.#startPolling();
      }
    } catch {
      this.#pollInstead();
    }
    // What was there before the watch began.
    this.poke();
  }

  poke(): void {
    if (this.#state === 'idle') {
      this.#state = 'looking';
      void this.#lookUntilQuiet();
    } else if (this.#state === 'looking') {
      this.#state = 'again';
    }
  }

  dispose(): void {
    this.#state = 'disposed';
    this.#watcher?.close();
    clearInterval(this.#poll);
  }

  async #lookUntilQuiet(): Promise<void> {
    await this.#look();
    if (this.#state === 'disposed') {
      return;
    }
    const again = this.#state === 'again';
    this.#state = 'idle';
    if (again) {
      this.poke();
    }
  }

  #pollInstead(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    if (this.#state !== 'disposed') {
      this.#startPolling();
    }
  }

  #startPolling(): void {
    this.#poll ??= setInterval(() => this.poke(), POLL_MS);
  }
}
