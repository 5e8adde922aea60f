import { failure, type Result } from '../../shared/result.ts';
import { acquireLock, type GroupLock } from '../../store/lock/group-lock.ts';
import { ownIdentity } from '../../system/processes/process-identity.ts';
import type { RunContext } from '../contract/run-environment.ts';
import { type RunRefusal, storageRefusal } from '../contract/run-refusal.ts';

/** Takes the group's lock. `takeFrom`: the epoch of the holder that a person agreed to replace. */
export async function lockGroup(
  context: RunContext,
  groupDirectory: string,
  takeFrom: number | null,
): Promise<Result<GroupLock, RunRefusal>> {
  const identity = await ownIdentity();
  const request = { identity, label: context.label, at: context.clock.now(), takeFrom };
  const lock = await acquireLock(groupDirectory, request);
  if (lock.ok) {
    return lock;
  }
  const { message } = lock.failure;
  return lock.failure.reason === 'held'
    ? failure({ reason: 'held', message, epoch: lock.failure.epoch })
    : failure(storageRefusal(message));
}
