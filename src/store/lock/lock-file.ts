import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { type ProcessIdentity, processIdentitySchema } from '../../coordinator/schema/attempt.ts';
import { newestEpoch } from '../attempts/newest-epoch.ts';
import { readJsonFile } from '../files/json-file.ts';

/**
 * The files in a group's `lock/`: `<epoch>` names the holder, `<epoch>.released` marks it as released. No process removes
 * or changes one: an epoch is used once, and the highest epoch decides.
 */
const lockFileSchema = z.object({
  v: z.literal(1),
  epoch: z.int().check(z.positive()),
  process: processIdentitySchema,
  label: z.string(),
  at: z.number(),
  /** Distinguishes this file from one of the same epoch in a state directory that was deleted and recreated. */
  nonce: z.string(),
});

/** The process that coordinates a group. */
export interface LockHolder {
  readonly process: ProcessIdentity;
  /** The holder as shown to a person: "VS Code", "command line". */
  readonly label: string;
  /** When it acquired the lock, ms since the epoch. */
  readonly at: number;
}

/** The content of the lock directory, without a check whether the holder still runs. */
export type LockRecord =
  /** No holder: `epoch` was released, or is 0 if there never was one. */
  | { readonly kind: 'free'; readonly epoch: number }
  /** `holder` null: the lock file cannot be parsed. */
  | { readonly kind: 'taken'; readonly epoch: number; readonly holder: LockHolder | null };

/** The directory of a group's lock files. Runners get it, to check for newer epochs. */
export function lockDirectory(groupDirectory: string): string {
  return join(groupDirectory, 'lock');
}

export function lockFile(directory: string, epoch: number): string {
  return join(directory, String(epoch));
}

export function releasedFile(directory: string, epoch: number): string {
  return join(directory, `${epoch}.released`);
}

/** The content of a lock file; unique for each call. */
export function lockText(epoch: number, holder: LockHolder): string {
  const nonce = randomBytes(8).toString('hex');
  return `${JSON.stringify({ v: 1, epoch, ...holder, nonce })}\n`;
}

/** Reads a lock directory. A missing directory is `free`; throws other file system errors. */
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
