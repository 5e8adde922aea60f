import { evolve, replay } from '../../coordinator/run/evolve.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import { type RunEvent, type RunEventBody } from '../../coordinator/schema/events.ts';
import { FORMAT } from '../../coordinator/schema/format.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { runDirectory } from '../../store/directories/run-directory.ts';
import { readJournal } from '../../store/journal/journal-reader.ts';
import { openSegment } from '../../store/journal/journal-writer.ts';
import { type GroupLock } from '../../store/lock/group-lock.ts';
import { readCurrentRun, writeCurrentRun } from '../../store/projections/current-run.ts';
import { isRegistered } from '../../store/user/run-register.ts';
import { ownIdentity } from '../../system/processes/process-identity.ts';
import type { RunContext } from '../contract/run-environment.ts';
import { type RunRefusal, storageRefusal } from '../contract/run-refusal.ts';
import type { ActiveRun } from './active-run.ts';
import { createActiveRun } from './create-active-run.ts';

/** A run of this user whose journal has no end. */
export interface UnfinishedRun {
  readonly state: RunState;
  readonly runDirectory: string;
}

/** Replays the group's newest run; `null` if this user started none. */
export async function readNewestRun(
  context: Pick<RunContext, 'workspaceRoot' | 'storage'>,
  groupDirectory: string,
): Promise<Result<UnfinishedRun | null, RunRefusal>> {
  const current = await readCurrentRun(groupDirectory);
  if (!current.ok) {
    return failure(storageRefusal(current.failure));
  }
  if (current.value === null) {
    return success(null);
  }
  const directory = runDirectory(context.workspaceRoot, current.value.run);
  const journal = await readJournal(directory);
  if (!journal.ok) {
    return journal.failure.reason === 'not_started'
      ? success(null)
      : failure(storageRefusal(journal.failure.message));
  }
  const { run, group, origin, events } = journal.value;
  if (!(await isRegistered(context.storage, { run, group, origin }))) {
    return success(null);
  }
  const state = replay(events);
  return success(state === null ? null : { state, runDirectory: directory });
}

/** Resumes the group's unfinished run. The caller holds the lock. `opening`: events to add before the next decision. */
export async function resumeRun(
  context: RunContext,
  groupDirectory: string,
  lock: GroupLock,
  opening: readonly RunEventBody[],
): Promise<Result<ActiveRun, RunRefusal>> {
  const newest = await readNewestRun(context, groupDirectory);
  if (!newest.ok) {
    return newest;
  }
  if (newest.value?.state.ended !== null) {
    return failure({ reason: 'nothing', message: t('There is no unfinished run to resume.') });
  }
  const { state, runDirectory: directory } = newest.value;
  // Reads the journal again under the lock: lines that the previous holder writes after this are void.
  const journal = await readJournal(directory);
  if (!journal.ok) {
    return failure(storageRefusal(journal.failure.message));
  }
  const current = replay(journal.value.events) ?? state;
  const { run, group } = current.plan;
  const { epoch } = lock;
  const segment = await openSegment({
    runDirectory: directory,
    run,
    group,
    epoch,
    previous: journal.value.end,
  });
  if (!segment.ok) {
    return failure(storageRefusal(segment.failure.message));
  }
  const resumed = { type: 'run.resumed' as const, epoch, coordinator: await ownIdentity() };
  for (const event of [resumed, ...opening]) {
    const at = Math.max(current.now, context.clock.now());
    const entry: RunEvent = { v: FORMAT, seq: current.seq + 1, at, event };
    segment.value.append(entry);
    evolve(current, entry);
  }
  await writeCurrentRun(groupDirectory, { run, epoch });
  const activeRun = createActiveRun(
    context,
    groupDirectory,
    directory,
    lock,
    segment.value,
    current,
  );
  context.bus.publish('run.started', { group, run, state: current, resumed: true });
  await activeRun.start(true);
  return success(activeRun);
}
