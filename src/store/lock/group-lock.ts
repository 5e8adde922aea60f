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

/** Another process coordinates the group, or may: `unknown` where that cannot be told from here. */
export interface HeldFailure {
  readonly reason: 'held';
  readonly message: string;
  readonly epoch: number;
  /** `null`: the lock file cannot be understood. */
  readonly holder: LockHolder | null;
  readonly alive: 'alive' | 'unknown';
}

/** Who coordinates a group: nobody (released, or the process is provably gone), or somebody. */
export type LockState =
  { readonly kind: 'free' } | { readonly kind: 'held'; readonly held: HeldFailure };

export interface LockRequest {
  /** Of the process that will hold it. */
  readonly identity: ProcessIdentity;
  /** As a person knows it: "VS Code", "command line". */
  readonly label: string;
  /** ms since the epoch. */
  readonly at: number;
  /**
   * The epoch that a person agreed to take the group from though its holder is not provably gone; `null` = nobody was
   * asked. It does not extend to whoever took over in the meantime.
   */
  readonly takeFrom: number | null;
}

/** The right to coordinate a group, until it is released or somebody takes it over. */
export class GroupLock {
  readonly epoch: number;
  /** Absolute; named to runners. */
  readonly directory: string;
  readonly #text: string;
  #released = false;

  constructor(directory: string, epoch: number, text: string) {
    this.directory = directory;
    this.epoch = epoch;
    this.#text = text;
  }

  /**
   * Asked before every effect: whether nobody took the group over. `false` also when the lock cannot be read or the
   * state directory was deleted, as then another could hold it without our seeing it.
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

  /** Gives the group back; nothing may be written for it afterwards. Synchronous, as VS Code's `deactivate` has no time. */
  release(): void {
    if (this.#released) {
      return;
    }
    this.#released = true;
    try {
      writeFileSync(releasedFile(this.directory, this.epoch), '', { flag: 'wx' });
    } catch (error) {
      // The state directory is gone or full: then the end of this process is what frees the group.
      if (errorCode(error) === undefined) {
        throw error;
      }
    }
  }
}

/**
 * Takes the lock of a group. Of any number of processes that try at once exactly one succeeds. A holder that released
 * it or whose process is provably gone is succeeded with the next epoch; any other only if a person agreed.
 */
export async function acquireLock(
  groupDirectory: string,
  request: LockRequest,
): Promise<Result<GroupLock, HeldFailure | StateFailure>> {
  const directory = lockDirectory(groupDirectory);
  try {
    await makePlainDirectory(directory);
    for (let before = -1; ;) {
      const { state, newest } = await inspect(directory);
      if (state.kind === 'held' && state.held.epoch !== request.takeFrom) {
        return failure(state.held);
      }
      // Somebody was faster each turn, so the epoch has grown; else something that is no lock stands in the way.
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

/** Who coordinates a group now. Takes and creates nothing; a lock that cannot be read counts as held by somebody. */
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
  const who = holder === null ? 'Somebody' : `${holder.label} (process ${holder.process.pid})`;
  const where = holder === null || alive === 'alive' ? '' : ` on ${holder.process.host}`;
  const verb = alive === 'alive' ? 'coordinates' : 'may still be coordinating';
  return {
    reason: 'held',
    message: t('{0}{1} {2} this group.', who, where, verb),
    epoch,
    holder,
    alive,
  };
}

function holderOf({ identity, label, at }: LockRequest): LockHolder {
  return { process: identity, label, at };
}
