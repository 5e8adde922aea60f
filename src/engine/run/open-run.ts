import { begin, evolve, replay } from '../../coordinator/run/evolve.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import { type RunEvent, type RunEventBody } from '../../coordinator/schema/events.ts';
import { FORMAT } from '../../coordinator/schema/format.ts';
import type { PlannedTask, RunSpec } from '../../coordinator/schema/run-spec.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { createRunDirectory, runDirectory } from '../../store/directories/run-directory.ts';
import { blackboardFile } from '../../store/directories/run-directory.ts';
import { readJournal } from '../../store/journal/journal-reader.ts';
import { type JournalWriter, openSegment } from '../../store/journal/journal-writer.ts';
import { acquireLock, type GroupLock } from '../../store/lock/group-lock.ts';
import { readCurrentRun, writeCurrentRun } from '../../store/projections/current-run.ts';
import { isRegistered, registerRun } from '../../store/user/run-register.ts';
import { ownIdentity } from '../../system/processes/process-identity.ts';
import { AttemptDriver } from '../attempt/attempt-driver.ts';
import type { RunContext } from '../contract/run-environment.ts';
import type { RunRefusal } from '../contract/run-refusal.ts';
import { guardRun } from '../guards/guard-run.ts';
import { briefAgent, writeRunContext } from '../prompt/brief-agent.ts';
import { EvidenceCollector } from '../proof/collect-evidence.ts';
import { readTests } from '../proof/read-tests.ts';
import { ActiveRun } from './active-run.ts';

/** Takes the group's lock. `takeFrom`: the epoch of the holder that a person agreed to replace. */
export async function lockGroup(
  env: RunContext,
  groupDirectory: string,
  takeFrom: number | null,
): Promise<Result<GroupLock, RunRefusal>> {
  const identity = await ownIdentity();
  const request = { identity, label: env.label, at: env.clock.now(), takeFrom };
  const lock = await acquireLock(groupDirectory, request);
  if (lock.ok) {
    return lock;
  }
  const { message } = lock.failure;
  return lock.failure.reason === 'held'
    ? failure({ reason: 'held', message, epoch: lock.failure.epoch })
    : failure({ reason: 'storage', message });
}

/** Starts a run with a frozen, approved plan. The caller holds the lock. */
export async function startRun(
  env: RunContext,
  groupDirectory: string,
  lock: GroupLock,
  plan: RunSpec,
): Promise<Result<ActiveRun, RunRefusal>> {
  const first: RunEvent = {
    v: FORMAT,
    seq: 1,
    at: env.clock.now(),
    event: { type: 'run.started', plan },
  };
  const state = begin(first);
  const directory = await createRunDirectory(env.workspaceRoot, plan.run);
  if (state === null || !directory.ok) {
    return failure(
      storage(directory.ok ? t('The run could not be started.') : directory.failure.message),
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
    return failure(storage(journal.failure.message));
  }
  journal.value.append(first);
  const flushed = await journal.value.flush();
  if (!flushed.ok) {
    return failure(storage(flushed.failure.message));
  }
  await writeRunContext(directory.value, state);
  const origin = journal.value.origin ?? '';
  const registered = await registerRun(env.storage, { run, group, origin });
  const noted = registered.ok
    ? await writeCurrentRun(groupDirectory, { run, epoch: lock.epoch })
    : registered;
  if (!noted.ok) {
    return failure(storage(noted.failure.message));
  }
  const held = holdRun(env, groupDirectory, directory.value, lock, journal.value, state);
  env.bus.publish('run.started', { group, run, state, resumed: false });
  await held.start(false);
  return success(held);
}

/** A run of this user whose journal has no end. */
export interface UnfinishedRun {
  readonly state: RunState;
  readonly runDirectory: string;
}

/** Replays the group's newest run; `null` if this user started none. */
export async function readNewestRun(
  env: Pick<RunContext, 'workspaceRoot' | 'storage'>,
  groupDirectory: string,
): Promise<Result<UnfinishedRun | null, RunRefusal>> {
  const current = await readCurrentRun(groupDirectory);
  if (!current.ok) {
    return failure(storage(current.failure));
  }
  if (current.value === null) {
    return success(null);
  }
  const directory = runDirectory(env.workspaceRoot, current.value.run);
  const journal = await readJournal(directory);
  if (!journal.ok) {
    return journal.failure.reason === 'not_started'
      ? success(null)
      : failure(storage(journal.failure.message));
  }
  const { run, group, origin, events } = journal.value;
  if (!(await isRegistered(env.storage, { run, group, origin }))) {
    return success(null);
  }
  const state = replay(events);
  return success(state === null ? null : { state, runDirectory: directory });
}

/**
 * Resumes the group's unfinished run. The caller holds the lock. `opening`: events to add before
 * the next decision.
 */
export async function resumeRun(
  env: RunContext,
  groupDirectory: string,
  lock: GroupLock,
  opening: readonly RunEventBody[],
): Promise<Result<ActiveRun, RunRefusal>> {
  const newest = await readNewestRun(env, groupDirectory);
  if (!newest.ok) {
    return newest;
  }
  if (newest.value?.state.ended !== null) {
    return failure({ reason: 'nothing', message: t('There is no unfinished run to resume.') });
  }
  const { state, runDirectory: directory } = newest.value;
  // Reads the journal again under the lock: lines that the previous holder writes after this are
  // void.
  const journal = await readJournal(directory);
  if (!journal.ok) {
    return failure(storage(journal.failure.message));
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
    return failure(storage(segment.failure.message));
  }
  const resumed = { type: 'run.resumed' as const, epoch, coordinator: await ownIdentity() };
  for (const event of [resumed, ...opening]) {
    const at = Math.max(current.now, env.clock.now());
    const entry: RunEvent = { v: FORMAT, seq: current.seq + 1, at, event };
    segment.value.append(entry);
    evolve(current, entry);
  }
  await writeCurrentRun(groupDirectory, { run, epoch });
  const held = holdRun(env, groupDirectory, directory, lock, segment.value, current);
  env.bus.publish('run.started', { group, run, state: current, resumed: true });
  await held.start(true);
  return success(held);
}

function holdRun(
  env: RunContext,
  groupDirectory: string,
  directory: string,
  lock: GroupLock,
  journal: JournalWriter,
  state: RunState,
): ActiveRun {
  const { workspaceRoot, clock, bus, launcher, writeStatus } = env;
  const { run, group, groupId, kind } = state.plan;
  const driver = new AttemptDriver({
    run,
    group,
    groupId,
    kind,
    epoch: lock.epoch,
    runDirectory: directory,
    lockDirectory: lock.directory,
    workspaceRoot,
    launcher,
    clock,
  });
  const planFiles = env.plan().sources.map(({ file }) => file);
  return new ActiveRun({
    state,
    lock,
    journal,
    driver,
    workspaceRoot,
    runDirectory: directory,
    groupDirectory,
    clock,
    bus,
    guard: (held) => guardRun(held, env),
    effects: {
      evidence: new EvidenceCollector(workspaceRoot, planFiles, ({ planned }) =>
        wordsOf(planned, env.plan()),
      ),
      judgeTests: (job, attempt, outcome) =>
        job === 'refresh'
          ? Promise.resolve(null)
          : readTests(state, { runDirectory: directory, workspaceRoot }, job, attempt, outcome),
      blackboardFile: blackboardFile(directory),
      brief: (record) =>
        briefAgent(record, state, {
          runDirectory: directory,
          workspaceRoot,
          config: env.config(),
          plan: env.plan(),
        }),
      writeStatus,
      random: Math.random,
    },
  });
}

/**
 * The text of a task as its source has it; if its place in the plan now holds another task, only
 * the frozen text.
 */
function wordsOf({ key, title, fingerprint }: PlannedTask, plan: Plan): string {
  const task = plan.tasks.get(key);
  return task?.fingerprint === fingerprint ? `${title}\n${task.description}` : title;
}

function storage(message: string): RunRefusal {
  return { reason: 'storage', message };
}
