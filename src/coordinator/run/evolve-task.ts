import type { TaskKey } from '../../shared/ids.ts';
import { unreachable } from '../../shared/unreachable.ts';
import { receiveResult } from '../blackboard/results.ts';
import type { RunEventBody } from '../schema/events.ts';
import { approvalGiven, approvalRequested } from './approval.ts';
import { usageReported } from './budget.ts';
import { pricedUsage, runnerEnded } from './evolve-attempt.ts';
import { unprovenState } from './failure/unproven.ts';
import { nudged, repairOf, resumeSession } from './resume.ts';
import { isOurs } from './start.ts';
import type { RunState, TaskRecord } from './state/state.ts';
import { trialBegan } from './transition/agent-health.ts';
import { isTested } from './transition/is-tested.ts';
import { isAsked, withJudgement } from './transition/judgement.ts';
import { tookTooLong } from './transition/limits.ts';
import { enter, requeue, settle, settleDependents } from './transition/transition.ts';

/** Events of one task of a run. */
export type TaskEvent = Exclude<
  Extract<RunEventBody, { task: unknown }>,
  { type: 'cancel.requested' | 'policy.reported' }
>;

/** Applies an event of a task; events of finished attempts change nothing. */
export function evolveTask(run: RunState, event: TaskEvent): void {
  const record = run.tasks.get(event.task);
  if (record === undefined) {
    return;
  }
  record.revision = run.seq;
  switch (event.type) {
    case 'attempt.requested':
      launch(run, record, event);
      return;
    case 'attempt.claimed':
      claimed(run, record, event.attempt, event.pid);
      return;
    case 'attempt.progress':
      progressed(run, record, event);
      return;
    case 'attempt.cancel.requested':
      stopping(run, record, event);
      return;
    case 'attempt.revoked':
      revoked(run, record, event.attempt);
      return;
    case 'attempt.ended':
      runnerEnded(run, record, event);
      return;
    case 'evidence.requested':
      if (record.state.kind === 'verifying' && record.attempt === event.attempt) {
        enter(run, record, { kind: 'verifying', stage: 'requested' });
      }
      return;
    case 'evidence.checked':
      proved(run, record, event);
      return;
    case 'judgement.requested':
      if (record.state.kind === 'verifying' && record.attempt === event.attempt) {
        enter(run, record, { kind: 'verifying', stage: 'asked' });
        record.evidence = event.evidence;
        record.changedFiles = event.files;
      }
      return;
    case 'judgement.decided':
      if (isAsked(record)) {
        proved(run, record, withJudgement(record, event, run.now));
      }
      return;
    case 'close.requested':
      if (record.state.kind === 'completed' && record.state.close.kind === 'open') {
        enter(run, record, { kind: 'completed', close: { kind: 'requested' } });
      }
      return;
    case 'close.ended':
      closed(run, record, event.problem);
      return;
    case 'outside.changed':
      outsideChanged(run, record, event.blockedBy);
      return;
    case 'nudge.requested':
      nudged(run, record, event.message);
      return;
    case 'approval.requested':
      approvalRequested(run, record);
      return;
    case 'approval.given':
      approvalGiven(run, record, event);
      return;
    case 'result.received':
      receiveResult(run, record, event);
      return;
    default:
      unreachable(event);
  }
}

function launch(
  run: RunState,
  record: TaskRecord,
  { attempt, choice, resume }: Extract<RunEventBody, { type: 'attempt.requested' }>,
): void {
  if (record.state.kind !== 'ready' || attempt !== record.attempt + 1) {
    return;
  }
  const state = {
    kind: 'running' as const,
    stage: 'requested' as const,
    requestedAt: run.now,
    pid: null,
    step: null,
    needsYou: null,
    throttledUntil: null,
  };
  enter(run, record, state, () => {
    record.attempt = attempt;
    record.choice = choice;
    resumeSession(record, resume);
    record.offset = 0;
    record.outcome = null;
    record.stopWhy = null;
    record.launchedAs = run.seq;
    record.startedAt ??= run.now;
    record.endedAt = null;
  });
  trialBegan(run, record);
}

/** The running state of exactly this attempt; `null` if the event is late. */
function running(
  record: TaskRecord,
  attempt: number,
): Extract<TaskRecord['state'], { kind: 'running' }> | null {
  return record.state.kind === 'running' && record.attempt === attempt ? record.state : null;
}

/** Same for a task whose own test is running as part of verification. */
function tested(
  record: TaskRecord,
  attempt: number,
): Extract<TaskRecord['state'], { kind: 'verifying' }> | null {
  const { state } = record;
  return state.kind === 'verifying' && isTested(record) && record.attempt === attempt
    ? state
    : null;
}

function claimed(run: RunState, record: TaskRecord, attempt: number, pid: number): void {
  const state = running(record, attempt);
  if (state === null) {
    return;
  }
  state.pid = pid;
  if (state.stage === 'requested') {
    state.stage = 'claimed';
  }
}

function progressed(
  run: RunState,
  record: TaskRecord,
  event: Extract<RunEventBody, { type: 'attempt.progress' }>,
): void {
  const state = running(record, event.attempt);
  if (state === null || event.offset < record.offset) {
    return;
  }
  record.offset = event.offset;
  state.step = event.step ?? state.step;
  state.needsYou = event.needsYou;
  state.throttledUntil = event.throttledUntil;
  const used = pricedUsage(record, event.usage ?? record.liveUsage);
  usageReported(run, record, used, false);
  record.liveUsage = used;
}

function stopping(
  run: RunState,
  record: TaskRecord,
  { attempt, why }: Extract<RunEventBody, { type: 'attempt.cancel.requested' }>,
): void {
  const state = running(record, attempt) ?? tested(record, attempt);
  if (state !== null) {
    run.timed.remove(record);
    state.stage = 'stopping';
    record.stopWhy ??= why ?? null;
    run.toCancel.delete(record);
  }
}

function revoked(run: RunState, record: TaskRecord, attempt: number): void {
  if (running(record, attempt) === null) {
    return;
  }
  const forget = (): void => {
    record.revokedCount += 1;
    if (record.attempt === record.revokedCount) {
      record.startedAt = null;
    }
  };
  if (record.stopWhy === 'limit') {
    enter(run, record, { kind: 'failed', failure: tookTooLong(run) }, forget);
    settleDependents(run, record);
  } else if (record.cancelRequested) {
    enter(run, record, { kind: 'cancelled' }, forget);
    settleDependents(run, record);
  } else {
    requeue(run, record, { kind: 'ready' }, forget);
  }
}

function proved(
  run: RunState,
  record: TaskRecord,
  event: Pick<
    Extract<RunEventBody, { type: 'evidence.checked' }>,
    'attempt' | 'evidence' | 'files'
  >,
): void {
  if (record.state.kind !== 'verifying' || record.attempt !== event.attempt) {
    return;
  }
  record.evidence = event.evidence;
  record.changedFiles = event.files;
  const missing = event.evidence.find((evidence) => !evidence.ok);
  const repair = repairOf(run, record);
  if (missing !== undefined && repair !== null) {
    requeue(run, record, { kind: 'ready' }, () => {
      record.repairs += 1;
      record.resume = repair;
    });
    return;
  }
  if (missing === undefined) {
    // A map's units are in no plan that could be changed.
    const kind = run.plan.kind === 'map' ? 'closed' : 'open';
    enter(run, record, { kind: 'completed', close: { kind } });
    for (const dependent of record.dependents) {
      dependent.unmet -= 1;
      // Counted instead of searched: a join of n tasks would take n² steps.
      if (dependent.unmet === 0) {
        settle(run, dependent);
      }
    }
    return;
  }
  enter(run, record, unprovenState(run, record, missing));
  settleDependents(run, record);
}

function closed(run: RunState, record: TaskRecord, problem: string | null): void {
  if (record.state.kind !== 'completed' || record.state.close.kind !== 'requested') {
    return;
  }
  const close =
    problem === null ? { kind: 'closed' as const } : { kind: 'problem' as const, message: problem };
  enter(run, record, { kind: 'completed', close });
}

/** A blocker within the run is a cycle, which no external change resolves. */
function isInside(run: RunState, key: TaskKey): boolean {
  const planned = run.tasks.get(key)?.planned;
  return planned !== undefined && isOurs(planned);
}

/** Once the run validates its work or is out of time, newly unblocked tasks are left to the next run. */
function outsideChanged(run: RunState, record: TaskRecord, blockedBy: TaskRecord['outside']): void {
  if (run.phase === 'post_execution' || run.timedOut) {
    return;
  }
  record.outside = [...blockedBy, ...record.outside.filter(({ key }) => isInside(run, key))];
  settle(run, record);
  settleDependents(run, record);
}
