import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { type ProcessIdentity, processIdentitySchema } from '../../coordinator/schema/attempt.ts';
import { newestEpoch } from '../attempts/newest-epoch.ts';
import { readJsonFile } from '../files/json-file.ts';

/**
 * The files in a group's `lock/`: `<epoch>` says who holds it, `<epoch>.released` that it was given back. Nobody ever
 * removes or changes one: an epoch that was seen once stays taken, so the highest decides for good.
 */
const lockFileSchema = z.object({
  v: z.literal(1),
  epoch: z.int().check(z.positive()),
  process: processIdentitySchema,
  label: z.string(),
  at: z.number(),
  /** Tells this file from one of the same epoch in a state directory that was deleted and made anew. */
  nonce: z.string(),
});

/** Who coordinates a group. */
export interface LockHolder {
  readonly process: ProcessIdentity;
  /** As a person knows it: "VS Code", "command line". */
  readonly label: string;
  /** Since when, ms since the epoch. */
  readonly at: number;
}

/** What the lock directory says, before anyone looks whether the holder still lives. */
export type LockRecord =
  /** Nobody has it: `epoch` was released, or is 0 if there never was a holder. */
  | { readonly kind: 'free'; readonly epoch: number }
  /** `holder` null: somebody, but the file cannot be understood. */
  | { readonly kind: 'taken'; readonly epoch: number; readonly holder: LockHolder | null };

/** The directory of a group's lock files; runners are told it to look for epochs newer than theirs. */
export function lockDirectory(groupDirectory: string): string {
  return join(groupDirectory, 'lock');
}

export function lockFile(directory: string, epoch: number): string {
  return join(directory, String(epoch));
}

export function releasedFile(directory: string, epoch: number): string {
  return join(directory, `${epoch}.released`);
}

/** The content of a lock file; never the same twice. */
export function lockText(epoch: number, holder: LockHolder): string {
  const nonce = randomBytes(8).toString('hex');
  return `${JSON.stringify({ v: 1, epoch, ...holder, nonce })}\n`;
}

/** What stands in a lock directory now. Throws what the file system throws, unless there is no such directory. */
export async function readLockRecord(directory: string): Promise<LockRecord> {
  const epoch = newestEpoch(directory);
  if (epoch === 0 || existsSync(releasedFile(directory, epoch))) {
    return { kind: 'free', epoch };
  }
  const file = await readJsonFile(lockFile(directory, epoch), lockFileSchema);
  if (!file.ok || file.value?.epoch !== epoch) {
    return { kind: 'taken', epoch, holder: null };
  }
  const { process, label, at } = file.value;
  return { kind: 'taken', epoch, holder: { process, label, at } };
}
