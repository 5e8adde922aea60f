import { hasEnded, linuxEnvironment, linuxPids, linuxProcess } from './linux-proc.ts';
import type { ProcessEntry } from './process-table.ts';

/** Environment variables that together identify the processes of one attempt. */
export type Marker = Readonly<Record<string, string>>;

/**
 * Returns the living processes among `pids` (default: all) whose environment contains every variable of `marker`. Finds
 * processes that a process group and a descendant tree miss: children that left both by `setsid` and whose parents have
 * ended. Misses a process that cleared its environment *and* left the tree. Linux only; finds none elsewhere.
 * `inconclusive`: number of pids that ended or were being loaded during the scan; their children may be missing.
 */
export function markedProcesses(
  marker: Marker,
  pids?: readonly number[],
): { readonly found: readonly ProcessEntry[]; readonly inconclusive: number } {
  if (process.platform !== 'linux') {
    return { found: [], inconclusive: 0 };
  }
  const pairs = markerPairs(marker);
  const found: ProcessEntry[] = [];
  let inconclusive = 0;
  for (const pid of pids ?? linuxPids()) {
    const environment = linuxEnvironment(pid);
    if (environment === '' || environment === null) {
      if (isInconclusive(pid, environment)) {
        inconclusive += 1;
      }
    } else if (pairs.every((pair) => environment.includes(pair))) {
      const entry = linuxProcess(pid);
      if (entry !== null && !hasEnded(entry)) {
        found.push(entry);
      }
    }
  }
  return { found, inconclusive };
}

/** Returns the pairs as in `/proc/<pid>/environ`, read as latin1 and surrounded by NULs. */
function markerPairs(marker: Marker): string[] {
  return Object.entries(marker).map(
    ([name, value]) => `\0${Buffer.from(`${name}=${value}`, 'utf8').toString('latin1')}\0`,
  );
}

/**
 * Whether a process without a readable environment may have had children that the scan missed, or may soon have an
 * environment: a program that is being loaded will, kernel threads and zombies never do.
 */
function isInconclusive(pid: number, environment: '' | null): boolean {
  const entry = linuxProcess(pid);
  if (entry === null) {
    return true;
  }
  if (environment === null) {
    return false;
  }
  const kernel = entry.parent === 2 || entry.pid === 2;
  return !kernel && !hasEnded(entry);
}
