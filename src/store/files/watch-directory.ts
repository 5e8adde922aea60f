import { type FSWatcher, watch } from 'node:fs';
import type { Disposable } from '../../shared/disposable.ts';

/** Poll interval where the platform cannot watch, or reports a growing file only when it is closed (Windows), ms. */
const POLL_MS = 2000;

/** A watched directory. Call `refresh` if another source says that something changed. */
export interface DirectoryWatch extends Disposable {
  refresh(): void;
}

/**
 * Calls `onChange` once at the start and whenever something may have changed in `directory` (not below it). Calls do not
 * overlap; a change during a call leads to another call. The directory must exist. `onChange` handles its own failures.
 * `only`: the one file name to react to, if the other files change often.
 */
export function watchDirectory(
  directory: string,
  onChange: () => Promise<void>,
  only: string | null = null,
): DirectoryWatch {
  const directoryWatch = new Watch(directory, onChange, only);
  directoryWatch.start();
  return directoryWatch;
}

class Watch implements DirectoryWatch {
  readonly #directory: string;
  readonly #onChange: () => Promise<void>;
  readonly #only: string | null;
  #watcher: FSWatcher | undefined;
  #poll: NodeJS.Timeout | undefined;
  #state: 'idle' | 'running' | 'again' | 'disposed' = 'idle';

  constructor(directory: string, onChange: () => Promise<void>, only: string | null) {
    this.#directory = directory;
    this.#onChange = onChange;
    this.#only = only;
  }

  start(): void {
    try {
      this.#watcher = watch(this.#directory, (_event, name) => {
        // Some platforms do not report the name.
        if (this.#only === null || name === null || name === this.#only) {
          this.refresh();
        }
      });
      this.#watcher.on('error', () => this.#pollInstead());
      if (process.platform === 'win32') {
        this.#startPolling();
      }
    } catch {
      this.#pollInstead();
    }
    // Reports the files that existed before the watch began.
    this.refresh();
  }

  refresh(): void {
    if (this.#state === 'idle') {
      this.#state = 'running';
      void this.#runUntilQuiet();
    } else if (this.#state === 'running') {
      this.#state = 'again';
    }
  }

  dispose(): void {
    this.#state = 'disposed';
    this.#watcher?.close();
    clearInterval(this.#poll);
  }

  async #runUntilQuiet(): Promise<void> {
    await this.#onChange();
    if (this.#state === 'disposed') {
      return;
    }
    const again = this.#state === 'again';
    this.#state = 'idle';
    if (again) {
      this.refresh();
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
    this.#poll ??= setInterval(() => this.refresh(), POLL_MS);
  }
}
