import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

/**
 * A process as `/proc` describes it. Reads are synchronous on purpose: these files never touch a disk, and other work
 * would make a snapshot inconsistent.
 */
export interface LinuxProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** `Z` and `X`: ended, but the parent has not waited for it yet. */
  readonly state: string;
  /** Start in clock ticks since boot, unique for a pid until the next boot. */
  readonly start: string;
}

/** Returns all current pids; a process may end before it is read. */
export function linuxPids(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
}

/** Reads one process; `null` if none has that pid. */
export function linuxProcess(pid: number): LinuxProcess | null {
  const stat = readProc(pid, 'stat');
  if (stat === null) {
    return null;
  }
  // The name in parentheses may itself contain parentheses and blanks, so fields count from the last parenthesis.
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
 * Reads the environment as `NAME=value` pairs, each with a NUL before and after, so that callers can search for a pair;
 * `null` if the process has ended or belongs to another user. Empty while a program is being loaded, for kernel threads
 * and for ended processes.
 */
export function linuxEnvironment(pid: number): string | null {
  const environment = readProc(pid, 'environ');
  return environment === null ? null : environment === '' ? '' : `\0${environment}`;
}

/** Returns an id of this boot of the machine; `null` if unknown. */
export function linuxBootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}

/** Whether a process has ended, although its parent has not waited for it yet. */
export function hasEnded(process: LinuxProcess): boolean {
  return process.state === 'Z' || process.state === 'X';
}

/** Returns the most recently allocated pid; `NaN` if unknown. */
export function linuxNewestPid(): number {
  try {
    return Number(readFileSync('/proc/loadavg', 'latin1').trim().split(' ').at(-1));
  } catch {
    return Number.NaN;
  }
}

/** Shared by all reads: these files are small, hundreds are read at a time, and they do not report their size. */
const buffer = Buffer.allocUnsafe(64 * 1024);

function readProc(pid: number, name: string): string | null {
  let fd: number;
  try {
    fd = openSync(`/proc/${pid}/${name}`, 'r');
  } catch {
    // Ended, or not ours to read.
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
    // Ended during the read.
    return null;
  } finally {
    closeSync(fd);
  }
}
