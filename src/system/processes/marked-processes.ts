import { hasEnded, linuxEnvironment, linuxPids, linuxProcess } from './linux-proc.ts';
import type { ProcessEntry } from './process-table.ts';

/** Environment variables that, all together, name the processes of one attempt. */
export type Marker = Readonly<Record<string, string>>;

/**
 * Living processes whose environment carries every variable of `marker`, among `pids` (all, if not given). This finds
 * what a process group and a descendant tree miss: children that left both by `setsid` and whose parents have ended.
 * A process that cleaned its environment *and* left the tree is not found. Linux only; elsewhere nothing is found.
 * `inconclusive` are pids that vanished or were being loaded just then: their children may have been missed.
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
      if (mayYetShow(pid, environment)) {
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

/** As they stand in `/proc/<pid>/environ`, read as latin1 with NULs around. */
function markerPairs(marker: Marker): string[] {
  return Object.entries(marker).map(
    ([name, value]) => `\0${Buffer.from(`${name}=${value}`, 'utf8').toString('latin1')}\0`,
  );
}

/** Kernel threads and zombies never have an environment; a program that is just being loaded soon will. */
function mayYetShow(pid: number, environment: '' | null): boolean {
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
