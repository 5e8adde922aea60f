import { errorCode } from '../error-code.ts';
import { monotonicMs } from '../monotonic.ts';
import { linuxNewestPid, linuxPids } from './linux-proc.ts';
import { markedProcesses, type Marker } from './marked-processes.ts';
import { ProcessTree } from './process-tree.ts';

/** Maximum number of scans; a scan is repeated if a process was being loaded during it. */
const MAX_SCANS = 5;
/** No machine allocates all its pids within this time, ms. */
const MAX_AGE_MS = 1000;

/**
 * Determines whether a process that has ended left others behind; cheap if it did not. On Linux it reads the
 * environment of every process, excluding those that lived before the first of ours started, as long as none of their
 * pids can have been reused: pids count upwards until they wrap around.
 */
export class LeftoverFinder {
  #living = 0;
  #olderPids: ReadonlySet<number> = new Set();
  #newestPid = 0;
  #checkedAt = 0;

  /** Call this before the start of a process that `hasLeftovers` will check, and `ended` after that check. */
  started(): void {
    if (process.platform === 'linux') {
      if (this.#living === 0) {
        this.#olderPids = new Set(linuxPids());
      } else {
        this.#expireOlderPids();
      }
      this.#newestPid = linuxNewestPid();
      this.#checkedAt = monotonicMs();
    }
    this.#living += 1;
  }

  ended(): void {
    this.#living -= 1;
  }

  /**
   * Returns whether a process lives in the process group that an ended process led, or (Linux) with `marker` in its
   * environment. `true` also if this cannot be determined, or if a remaining process has ended but its parent has not
   * waited for it.
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
    this.#expireOlderPids();
    for (let scan = 1; scan <= MAX_SCANS; scan += 1) {
      const candidates = linuxPids().filter((pid) => !this.#olderPids.has(pid));
      const { found, inconclusive } = markedProcesses(marker, candidates);
      if (found.length > 0) {
        return true;
      }
      if (inconclusive === 0) {
        return false;
      }
    }
    return false;
  }

  #expireOlderPids(): void {
    const newest = linuxNewestPid();
    const now = monotonicMs();
    // This comparison never trusts an unknown newest pid (NaN).
    const trusted = newest >= this.#newestPid && now - this.#checkedAt < MAX_AGE_MS;
    if (!trusted) {
      this.#olderPids = new Set();
    }
    this.#newestPid = newest;
    this.#checkedAt = now;
  }
}

function isGroupEmpty(group: number): boolean {
  try {
    process.kill(-group, 0);
    return false;
  } catch (error) {
    // EPERM: the group contains a process of another user, so it is not empty.
    return errorCode(error) === 'ESRCH';
  }
}
