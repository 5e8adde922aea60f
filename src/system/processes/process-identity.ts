import { hostname } from 'node:os';
import type { ProcessIdentity } from '../../coordinator/schema/attempt.ts';
import { linuxBootId } from './linux-proc.ts';
import { processTable } from './process-table.ts';

const host = hostname();
let boot: string | null | undefined;

/** Returns the id of this boot on Linux, where starts are relative to it; `null` elsewhere, where they are absolute. */
function currentBoot(): string | null {
  return (boot ??= process.platform === 'linux' ? linuxBootId() : null);
}

/**
 * Returns the permanent identity of the process `pid`; `null` if it does not exist (a zombie does not). `start` is
 * `null` if the platform does not report it.
 */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  const table = await processTable([pid]);
  if (table === null) {
    return exists(pid) ? { pid, start: null, host, boot: currentBoot() } : null;
  }
  const entry = table.find((each) => each.pid === pid);
  return entry === undefined ? null : { pid, start: entry.start, host, boot: currentBoot() };
}

let own: Promise<ProcessIdentity> | undefined;

/** Returns the identity of this process. */
export function ownIdentity(): Promise<ProcessIdentity> {
  return (own ??= identify(process.pid).then(
    (found) => found ?? { pid: process.pid, start: null, host, boot: currentBoot() },
  ));
}

/**
 * Returns whether a recorded process still lives. `gone` only if that is certain: it ran on this host, and its pid is
 * free, its pid belongs to a process with another start, or the machine has rebooted. Otherwise `unknown`.
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

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
