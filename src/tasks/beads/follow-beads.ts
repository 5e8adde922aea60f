import { type FSWatcher, watch } from 'node:fs';
import type { Disposable } from '../../shared/disposable.ts';
import { monotonicMs } from '../../system/monotonic.ts';
import { type DatabaseState, databaseState } from './database-state.ts';

/** How often and how soon is looked, all in ms. */
export interface Pace {
  /** After the last sign of a write: bd writes several files, and reading then would wait for its lock. */
  readonly quietMs: number;
  /** Between one report and the next. */
  readonly apartMs: number;
  /** Without any sign: servers write elsewhere, and not every file system tells of changes. */
  readonly pollMs: number;
}

export const PACE: Pace = { quietMs: 400, apartMs: 5000, pollMs: 30_000 };

/** What was read last: the signature at that time, `null` before the first reading. */
export type LastReading = () => { readonly signature: string; readonly at: number } | null;

/**
 * Reports when a tracker was written to, whoever did it. Signs are cheap and many: reading touches the files as well. What
 * counts is that the signature is another one than at the last reading.
 */
export class BeadsFollower implements Disposable {
  readonly #folder: string;
  readonly #last: LastReading;
  readonly #report: () => void;
  readonly #pace: Pace;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #poll: NodeJS.Timeout;
  #soon: NodeJS.Timeout | null = null;
  #firstSign = 0;
  #reportedAt = -Infinity;
  #looking = false;
  #disposed = false;

  /** `folder`: the `.beads` folder, absolute. */
  constructor(folder: string, last: LastReading, report: () => void, pace: Pace = PACE) {
    this.#folder = folder;
    this.#last = last;
    this.#report = report;
    this.#pace = pace;
    this.#poll = setInterval(() => void this.#look(true), pace.pollMs).unref();
    this.#sign();
  }

  dispose(): void {
    this.#disposed = true;
    clearInterval(this.#poll);
    if (this.#soon !== null) {
      clearTimeout(this.#soon);
    }
    this.#watchOnly([]);
  }

  /** Looks once it is quiet; a tracker that is never quiet is looked at all the same. */
  #sign(): void {
    if (this.#disposed) {
      return;
    }
    const now = monotonicMs();
    if (this.#soon === null) {
      this.#firstSign = now;
    }
    const latest = this.#firstSign + this.#pace.apartMs;
    this.#lookIn(Math.max(0, Math.min(this.#pace.quietMs, latest - now)));
  }

  #lookIn(ms: number): void {
    if (this.#soon !== null) {
      clearTimeout(this.#soon);
    }
    this.#soon = setTimeout(() => {
      this.#soon = null;
      void this.#look(false);
    }, ms).unref();
  }

  async #look(polling: boolean): Promise<void> {
    if (this.#looking || this.#disposed) {
      return;
    }
    this.#looking = true;
    const state = await databaseState(this.#folder).finally(() => (this.#looking = false));
    this.#judge(state, polling);
  }

  #judge(state: DatabaseState, polling: boolean): void {
    if (this.#disposed) {
      return;
    }
    this.#watchOnly(state.folders);
    const last = this.#last();
    // Whoever opened it reads it first.
    if (last === null) {
      return;
    }
    if (state.signature === last.signature && (state.telling || !polling)) {
      return;
    }
    const wait = Math.max(last.at, this.#reportedAt) + this.#pace.apartMs - monotonicMs();
    if (wait > 0) {
      this.#lookIn(wait);
      return;
    }
    this.#reportedAt = monotonicMs();
    this.#report();
  }

  /** Keeps exactly these folders watched; one that cannot be is left to the polling. */
  #watchOnly(folders: readonly string[]): void {
    for (const [folder, watcher] of this.#watchers) {
      if (folders.includes(folder)) {
        continue;
      }
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) {
      if (this.#watchers.has(folder)) {
        continue;
      }
      const watcher = watched(folder, () => {
        this.#sign();
      });
      if (watcher === null) {
        continue;
      }
      watcher.once('error', () => {
        watcher.close();
        this.#watchers.delete(folder);
      });
      this.#watchers.set(folder, watcher);
    }
  }
}

function watched(folder: string, changed: () => void): FSWatcher | null {
  try {
    return watch(folder, { persistent: false }, changed);
  } catch {
    // There are limits to how many can be watched, and the folder may be gone by now.
    return null;
  }
}
