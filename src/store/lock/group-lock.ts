import { readFileSync, writeFileSync } from 'node:fs';
import type { ProcessIdentity } from '../../coordinator/schema/attempt.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { linkExclusive } from '../../system/atomic-file.ts';
import { errorCode } from '../../system/error-code.ts';
import { isAlive } from '../../system/processes/process-identity.ts';
import { newestEpoch } from '../attempts/newest-epoch.ts';
import { makePlainDirectory } from '../directories/make-directory.ts';
import { cannotWrite, type StateFailure } from '../files/state-failure.ts';
import {
  lockDirectory,
  lockFile,
  type LockHolder,
  lockText,
  readLockRecord,
  releasedFile,
} from './lock-file.ts';

/** Another process coordinates the group, or may: `unknown` if this process cannot determine that. */
export interface HeldFailure {
  readonly reason: 'held';
  readonly message: string;
  readonly epoch: number;
  /** `null`: the lock file cannot be parsed. */
  readonly holder: LockHolder | null;
  readonly alive: 'alive' | 'unknown';
}

/** Whether a process coordinates a group. `free`: the lock was released, or the process of its holder has ended. */
export type LockState =
  | { readonly kind: 'free' }
  | { readonly kind: 'held'; readonly held: HeldFailure };

export interface GroupLockRequest {
  /** The process that will hold the lock. */
  readonly identity: ProcessIdentity;
  /** The holder as shown to a person: "VS Code", "command line". */
  readonly label: string;
  /** ms since the epoch. */
  readonly at: number;
  /**
   * The epoch that a person agreed to take over although its holder may still run; `null` = no person was asked. It does
   * not apply to a holder of a later epoch.
   */
  readonly takeFrom: number | null;
}

/** The right to coordinate a group, until it is released or another process takes it over. */
export class GroupLock {
  readonly epoch: number;
  /** Absolute; runners get this path. */
  readonly directory: string;
  readonly #text: string;
  #released = false;

  constructor(directory: string, epoch: number, text: string) {
    this.directory = directory;
    this.epoch = epoch;
    this.#text = text;
  }

  /**
   * Whether no other process has taken the group over; check it before every effect. Also `false` if the lock cannot be
   * read or the state directory was deleted, because another process could then hold it unnoticed.
   */
  isStillMine(): Promise<boolean> {
    return Promise.resolve().then(() => this.#isMineNow());
  }

  #isMineNow(): boolean {
    if (this.#released) {
      return false;
    }
    try {
      const text = readFileSync(lockFile(this.directory, this.epoch), 'utf8');
      return text === this.#text && newestEpoch(this.directory) === this.epoch;
    } catch (error) {
      if (errorCode(error) === undefined) {
        throw error;
      }
      return false;
    }
  }

  /** Releases the group; write nothing for it afterwards. Synchronous, because VS Code's `deactivate` does not wait. */
  release(): void {
    if (this.#released) {
      return;
    }
    this.#released = true;
    try {
      writeFileSync(releasedFile(this.directory, this.epoch), '', { flag: 'wx' });
    } catch (error) {
      // The state directory is gone or full. The end of this process then frees the group.
      if (errorCode(error) === undefined) {
        throw error;
      }
    }
  }
}

/**
 * Acquires the lock of a group. If several processes try at the same time, exactly one succeeds. If the lock was released
 * or its holder's process has ended, the next epoch takes over; otherwise only if a person agreed.
 */
export async function acquireLock(
  groupDirectory: string,
  request: GroupLockRequest,
): Promise<Result<GroupLock, HeldFailure | StateFailure>> {
  const directory = lockDirectory(groupDirectory);
  try {
    await makePlainDirectory(directory);
    for (let before = -1; ;) {
      const { state, newest } = await inspect(directory);
      if (state.kind === 'held' && state.held.epoch !== request.takeFrom) {
        return failure(state.held);
      }
      // If another process won, the epoch has grown; if not, a file that is no lock is in the way.
      if (newest === before) {
        return failure(describeHeld(newest, null, 'unknown'));
      }
      before = newest;
      const epoch = newest + 1;
      const text = lockText(epoch, holderOf(request));
      if (await linkExclusive(lockFile(directory, epoch), text)) {
        return success(new GroupLock(directory, epoch, text));
      }
    }
  } catch (error) {
    return failure(cannotWrite(directory, error));
  }
}

/** Whether a process coordinates a group. Changes nothing. A lock that cannot be read counts as held. */
export async function readLock(groupDirectory: string): Promise<LockState> {
  const directory = lockDirectory(groupDirectory);
  try {
    return (await inspect(directory)).state;
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return { kind: 'held', held: describeHeld(0, null, 'unknown') };
  }
}

async function inspect(directory: string): Promise<{ state: LockState; newest: number }> {
  const record = await readLockRecord(directory);
  const { epoch } = record;
  const free = { state: { kind: 'free' }, newest: epoch } as const;
  if (record.kind === 'free') {
    return free;
  }
  const { holder } = record;
  const alive = holder === null ? 'unknown' : await isAlive(holder.process);
  if (alive === 'gone') {
    return free;
  }
  return { state: { kind: 'held', held: describeHeld(epoch, holder, alive) }, newest: epoch };
}

function describeHeld(
  epoch: number,
  holder: LockHolder | null,
  alive: HeldFailure['alive'],
): HeldFailure {
  return { reason: 'held', message: heldSentence(holder, alive), epoch, holder, alive };
}

function heldSentence(holder: LockHolder | null, alive: HeldFailure['alive']): string {
  if (holder === null) {
    return alive === 'alive'
      ? t('Somebody coordinates this group.')
      : t('Somebody may still be coordinating this group.');
  }
  const { label, process } = holder;
  return alive === 'alive'
    ? t('{0} (process {1}) coordinates this group.', label, process.pid)
    : t(
        '{0} (process {1}) on {2} may still be coordinating this group.',
        label,
        process.pid,
        process.host,
      );
}

function holderOf({ identity, label, at }: GroupLockRequest): LockHolder {
  return { process: identity, label, at };
}
