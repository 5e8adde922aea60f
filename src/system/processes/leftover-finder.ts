import { errorCode } from '../error-code.ts';
import { monotonicMs } from '../monotonic.ts';
import { linuxNewestPid, linuxPids } from './linux-proc.ts';
import { markedProcesses, type Marker } from './marked-processes.ts';
import { ProcessTree } from './process-tree.ts';

/** A process that was just being loaded when it was looked at is looked at again, at most so often. */
const MOST_LOOKS = 5;
/** No machine gives out all its pids within this time, ms. */
const TRUST_MS = 1000;

/**
 * Tells whether a process that has ended left something behind, and is cheap where it did not. On Linux that means
 * looking at the environment of every process; those that lived before the first of ours started are left out, as
 * long as it is certain that none of their pids was given out again: pids count upwards until they wrap around.
 */
export class LeftoverFinder {
  #living = 0;
  #older: ReadonlySet<number> = new Set();
  #newestPid = 0;
  #lookedAt = 0;

  /** Has to be called before a process is started that will be asked about, and `ended` after it was. */
  started(): void {
    if (process.platform === 'linux') {
      if (this.#living === 0) {
        this.#older = new Set(linuxPids());
      } else {
        this.#distrustWhatIsOld();
      }
      this.#newestPid = linuxNewestPid();
      this.#lookedAt = monotonicMs();
    }
    this.#living += 1;
  }

  ended(): void {
    this.#living -= 1;
  }

  /**
   * Whether something lives in the process group that an ended process led, or (Linux) with `marker` in its
   * environment. `true` also where it cannot be told, or where what was left has ended and only waits to be noticed.
   */
  async hasLeftovers(processGroup: number, marker: Marker): Promise<boolean> {
    if (process.platform === 'win32') {
      const members = await new ProcessTree({ root: null, marker, processGroup }).members();
      return members === null || members.length > 0;
    }
    return !isGroupEmpty(processGroup) || this.#hasMarked(marker);
  }

  #hasMarked(marker: Marker): boolean {
    if (process.platform !== 'linux') {
      return false;
    }
    this.#distrustWhatIsOld();
    for (let look = 1; look <= MOST_LOOKS; look += 1) {
      const young = linuxPids().filter((pid) => !this.#older.has(pid));
      const { found, inconclusive } = markedProcesses(marker, young);
      if (found.length > 0) {
        return true;
      }
      if (inconclusive === 0) {
        return false;
      }
    }
    return false;
  }

  #distrustWhatIsOld(): void {
    const newest = linuxNewestPid();
    const now = monotonicMs();
    // Written so that a newest pid that is not told (NaN) is never trusted.
    const trusted = newest >= this.#newestPid && now - this.#lookedAt < TRUST_MS;
    if (!trusted) {
      this.#older = new Set();
    }
    this.#newestPid = newest;
    this.#lookedAt = now;
  }
}

function isGroupEmpty(group: number): boolean {
  try {
    process.kill(-group, 0);
    return false;
  } catch (error) {
    // EPERM: somebody of another user is in it, so it is not empty.
    return errorCode(error) === 'ESRCH';
  }
}
