import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

/**
 * What Linux tells about processes in `/proc`. Synchronous on purpose: these files never touch a disk, and a snapshot
 * that is interrupted by other work is no snapshot.
 */
export interface LinuxProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** `Z` and `X` have ended and only wait to be noticed. */
  readonly state: string;
  /** Clock ticks since boot, unique for a pid until the next boot. */
  readonly start: string;
}

/** All pids at this moment; pids can be gone before they are looked at. */
export function linuxPids(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
}

/** One process, or `null` if there is none with that pid. */
export function linuxProcess(pid: number): LinuxProcess | null {
  const stat = readProc(pid, 'stat');
  if (stat === null) {
    return null;
  }
  // The name in parentheses may itself contain parentheses and blanks; fields are counted after the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    state: fields[0] ?? '',
    parent: Number(fields[1]),
    group: Number(fields[2]),
    start: fields[19] ?? '',
  };
}

/**
 * `NAME=value` pairs, each with a NUL before and after, so that a pair can be searched for; `null` if the process is
 * gone or belongs to somebody else. Empty while a program is being loaded, for kernel threads and for the dead.
 */
export function linuxEnvironment(pid: number): string | null {
  const environment = readProc(pid, 'environ');
  return environment === null ? null : environment === '' ? '' : `\0${environment}`;
}

/** Names this boot of the machine; `null` where it is not told. */
export function linuxBootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}

/** Whether a process in `state` has ended, though its parent has not yet noticed. */
export function hasEnded(process: LinuxProcess): boolean {
  return process.state === 'Z' || process.state === 'X';
}

/** The pid that was given out last; `NaN` where it is not told. */
export function linuxNewestPid(): number {
  try {
    return Number(readFileSync('/proc/loadavg', 'latin1').trim().split(' ').at(-1));
  } catch {
    return Number.NaN;
  }
}

/** Reused for every reading: these files are small, are read by the hundred, and do not know their own size. */
const buffer = Buffer.allocUnsafe(64 * 1024);

function readProc(pid: number, name: string): string | null {
  let fd: number;
  try {
    fd = openSync(`/proc/${pid}/${name}`, 'r');
  } catch {
    // Gone, or not ours to read.
    return null;
  }
  try {
    let text = '';
    for (;;) {
      const length = readSync(fd, buffer, 0, buffer.length, null);
      text += buffer.toString('latin1', 0, length);
      if (length < buffer.length) {
        return text;
      }
    }
  } catch {
    // It ended just now.
    return null;
  } finally {
    closeSync(fd);
  }
}
