import { begin } from '../../coordinator/run/evolve.ts';
import { type RunEvent } from '../../coordinator/schema/events.ts';
import { FORMAT } from '../../coordinator/schema/format.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { createRunDirectory } from '../../store/directories/run-directory.ts';
import { openSegment } from '../../store/journal/journal-writer.ts';
import { type GroupLock } from '../../store/lock/group-lock.ts';
import { writeCurrentRun } from '../../store/projections/current-run.ts';
import { registerRun } from '../../store/user/run-register.ts';
import type { RunContext } from '../contract/run-environment.ts';
import { type RunRefusal, storageRefusal } from '../contract/run-refusal.ts';
import { writeRunContext } from '../prompt/brief-agent.ts';
import type { ActiveRun } from './active-run.ts';
import { createActiveRun } from './create-active-run.ts';

/** Starts a run with a frozen, approved plan. The caller holds the lock. */
export async function startRun(
  context: RunContext,
  groupDirectory: string,
  lock: GroupLock,
  plan: RunSpec,
): Promise<Result<ActiveRun, RunRefusal>> {
  const first: RunEvent = {
    v: FORMAT,
    seq: 1,
    at: context.clock.now(),
    event: { type: 'run.started', plan },
  };
  const state = begin(first);
  const directory = await createRunDirectory(context.workspaceRoot, plan.run);
  if (state === null || !directory.ok) {
    return failure(
      storageRefusal(directory.ok ? t('The run could not be started.') : directory.failure.message),
    );
  }
  state.epoch = lock.epoch;
  const { run, group } = plan;
  const journal = await openSegment({
    runDirectory: directory.value,
    run,
    group,
    epoch: lock.epoch,
    previous: null,
  });
  if (!journal.ok) {
    return failure(storageRefusal(journal.failure.message));
  }
  journal.value.append(first);
  const flushed = await journal.value.flush();
  if (!flushed.ok) {
    return failure(storageRefusal(flushed.failure.message));
  }
  await writeRunContext(directory.value, state);
  const origin = journal.value.origin ?? '';
  const registered = await registerRun(context.storage, { run, group, origin });
  const noted = registered.ok
    ? await writeCurrentRun(groupDirectory, { run, epoch: lock.epoch })
    : registered;
  if (!noted.ok) {
    return failure(storageRefusal(noted.failure.message));
  }
  const activeRun = createActiveRun(
    context,
    groupDirectory,
    directory.value,
    lock,
    journal.value,
    state,
  );
  context.bus.publish('run.started', { group, run, state, resumed: false });
  await activeRun.start(false);
  return success(activeRun);
}
