import { hostname } from 'node:os';
import type { ProcessIdentity } from '../../coordinator/schema/attempt.ts';
import { linuxBootId } from './linux-proc.ts';
import { processTable } from './process-table.ts';

const host = hostname();
let boot: string | null | undefined;

/** Only Linux counts starts from the boot on; everywhere else they are absolute and need no boot beside them. */
function currentBoot(): string | null {
  return (boot ??= process.platform === 'linux' ? linuxBootId() : null);
}

/**
 * What names the process `pid` for good, or `null` if there is none (a zombie is none). Where the platform does not tell
 * its start, `start` is `null`.
 */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  const table = await processTable([pid]);
  if (table === null) {
    return signalable(pid) ? { pid, start: null, host, boot: currentBoot() } : null;
  }
  const entry = table.find((each) => each.pid === pid);
  return entry === undefined ? null : { pid, start: entry.start, host, boot: currentBoot() };
}

let own: Promise<ProcessIdentity> | undefined;

/** The identity of this process. */
export function ownIdentity(): Promise<ProcessIdentity> {
  return (own ??= identify(process.pid).then(
    (found) => found ?? { pid: process.pid, start: null, host, boot: currentBoot() },
  ));
}

/**
 * Whether a process that was recorded still lives. `gone` only where that is certain: on this host, and either its pid
 * is free or taken by a process with another start, or the machine was booted since. Otherwise `unknown`.
 */
export async function isAlive(identity: ProcessIdentity): Promise<'alive' | 'gone' | 'unknown'> {
  if (identity.host !== host) {
    return 'unknown';
  }
  const now = currentBoot();
  if (identity.boot !== null && now !== null && identity.boot !== now) {
    return 'gone';
  }
  const found = await identify(identity.pid);
  if (found === null) {
    return 'gone';
  }
  if (identity.start === null || found.start === null) {
    return 'unknown';
  }
  return identity.start === found.start ? 'alive' : 'gone';
}

function signalable(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
