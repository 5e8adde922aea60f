import { type FSWatcher, watch } from 'node:fs';
import type { Disposable } from '../../shared/disposable.ts';
import { monotonicMs } from '../../system/monotonic.ts';
import { type DatabaseState, databaseState } from './database-state.ts';

/** The timing of change detection, all in ms. */
export interface Pace {
  /** Delay after the last sign of a write: bd writes several files, and an earlier read would wait for its lock. */
  readonly quietMs: number;
  /** Minimum time between two reports. */
  readonly minIntervalMs: number;
  /** Polling interval without any sign: servers write elsewhere, and not every file system reports changes. */
  readonly pollMs: number;
}

export const PACE: Pace = { quietMs: 400, minIntervalMs: 5000, pollMs: 30_000 };

/** Returns the signature and the time of the last reading (monotonic, ms); `null` before the first. */
export type LastReading = () => { readonly signature: string; readonly at: number } | null;

/**
 * Reports writes to a tracker by any process. File events are cheap and frequent, because reads touch the files as
 * well; what counts is a signature that differs from that of the last reading.
 */
export class BeadsFollower implements Disposable {
  readonly #folder: string;
  readonly #last: LastReading;
  readonly #report: () => void;
  readonly #pace: Pace;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #poll: NodeJS.Timeout;
  #timer: NodeJS.Timeout | null = null;
  #firstEventAt = 0;
  #reportedAt = -Infinity;
  #checking = false;
  #disposed = false;

  /** `folder`: the `.beads` folder, absolute. */
  constructor(folder: string, last: LastReading, report: () => void, pace: Pace = PACE) {
    this.#folder = folder;
    this.#last = last;
    this.#report = report;
    this.#pace = pace;
    this.#poll = setInterval(() => void this.#check(true), pace.pollMs).unref();
    this.#scheduleCheck();
  }

  dispose(): void {
    this.#disposed = true;
    clearInterval(this.#poll);
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
    }
    this.#watchOnly([]);
  }

  /** Schedules a check once writes pause; a tracker that never pauses is checked after `minIntervalMs`. */
  #scheduleCheck(): void {
    if (this.#disposed) {
      return;
    }
    const now = monotonicMs();
    if (this.#timer === null) {
      this.#firstEventAt = now;
    }
    const latest = this.#firstEventAt + this.#pace.minIntervalMs;
    this.#checkIn(Math.max(0, Math.min(this.#pace.quietMs, latest - now)));
  }

  #checkIn(ms: number): void {
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
    }
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#check(false);
    }, ms).unref();
  }

  async #check(polling: boolean): Promise<void> {
    if (this.#checking || this.#disposed) {
      return;
    }
    this.#checking = true;
    const state = await databaseState(this.#folder).finally(() => (this.#checking = false));
    this.#reportChange(state, polling);
  }

  #reportChange(state: DatabaseState, polling: boolean): void {
    if (this.#disposed) {
      return;
    }
    this.#watchOnly(state.folders);
    const last = this.#last();
    // The opener reads the tracker first.
    if (last === null) {
      return;
    }
    if (state.signature === last.signature && (state.detectsWrites || !polling)) {
      return;
    }
    const wait = Math.max(last.at, this.#reportedAt) + this.#pace.minIntervalMs - monotonicMs();
    if (wait > 0) {
      this.#checkIn(wait);
      return;
    }
    this.#reportedAt = monotonicMs();
    this.#report();
  }

  /** Watches exactly these folders; polling covers a folder that cannot be watched. */
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
      const watcher = watchFolder(folder, () => {
        this.#scheduleCheck();
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

function watchFolder(folder: string, changed: () => void): FSWatcher | null {
  try {
    return watch(folder, { persistent: false }, changed);
  } catch {
    // The system limits the number of watchers, and the folder may no longer exist.
    return null;
  }
}
