import { hasEnded, linuxPids, linuxProcess } from './linux-proc.ts';

/** A living process; `start` is opaque and compared for equality only. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** The process group; 0 where there are none (Windows). */
  readonly group: number;
  readonly start: string;
}

// `capture` is imported only on use: on Linux every runner reads its own start and runs no helper program.
const TIMEOUT_MS = 20_000;

/**
 * Returns every living process, or only those of `pids`, without zombies; `null` if the platform cannot list them.
 * Linux: `/proc`. Windows: PowerShell. Elsewhere: `ps`, whose start has a resolution of one second.
 */
export async function processTable(
  pids?: readonly number[],
): Promise<readonly ProcessEntry[] | null> {
  if (process.platform === 'linux') {
    return linuxTable(pids);
  }
  return process.platform === 'win32' ? windowsTable(pids) : psTable(pids);
}

function linuxTable(pids: readonly number[] = linuxPids()): ProcessEntry[] {
  return pids.flatMap((pid) => {
    const found = linuxProcess(pid);
    return found === null || hasEnded(found) ? [] : [found];
  });
}

async function psTable(pids?: readonly number[]): Promise<ProcessEntry[] | null> {
  const { capture } = await import('../capture.ts');
  const which = pids === undefined ? ['-A'] : ['-p', pids.join(',')];
  const columns = ['pid=', 'ppid=', 'pgid=', 'stat=', 'lstart='].flatMap((column) => [
    '-o',
    column,
  ]);
  const output = await capture('ps', [...which, ...columns], {
    timeoutMs: TIMEOUT_MS,
    // The start is a date in words: it must not depend on the caller's locale and time zone.
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  });
  // `ps -p` exits with 1 if none of the processes lives.
  if (output === null || output.exitCode > 1) {
    return null;
  }
  return parsePs(output.stdout);
}

/** Parses the lines of `ps -o pid= -o ppid= -o pgid= -o stat= -o lstart=`. */
export function parsePs(output: string): ProcessEntry[] {
  return output.split('\n').flatMap((line) => {
    const [, pid, parent, group, state, start] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? [];
    if (pid === undefined || start === undefined) {
      return [];
    }
    if (state?.startsWith('Z') === true) {
      return [];
    }
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), start }];
  });
}

async function windowsTable(pids?: readonly number[]): Promise<ProcessEntry[] | null> {
  const { capture } = await import('../capture.ts');
  const filter = (pids ?? []).map((pid) => `ProcessId=${pid}`).join(' OR ');
  const query = `Get-CimInstance Win32_Process${filter === '' ? '' : ` -Filter '${filter}'`}`;
  const row = '"$($_.ProcessId) $($_.ParentProcessId) $($_.CreationDate.Ticks)"';
  const output = await capture(
    'powershell.exe',
    ['-NoProfile', '-NonInteractive', '-Command', `${query} | ForEach-Object { ${row} }`],
    { timeoutMs: TIMEOUT_MS },
  );
  return output?.exitCode === 0 ? parseWindows(output.stdout) : null;
}

/** Parses lines of pid, parent's pid and start; the processes of the system have no start. */
export function parseWindows(output: string): ProcessEntry[] {
  return output.split('\n').flatMap((line) => {
    const [, pid, parent, start = '0'] = /^(\d+) (\d+) (\d*)\s*$/.exec(line) ?? [];
    if (pid === undefined) {
      return [];
    }
    return [{ pid: Number(pid), parent: Number(parent), group: 0, start: start || '0' }];
  });
}
