import type { TaskKey } from '../../shared/ids.ts';
import { unreachable } from '../../shared/unreachable.ts';
import { measure } from '../metrics/measure.ts';
import type { RunEvent, RunEventBody } from '../schema/events.ts';
import { refuseTheRest } from './budget.ts';
import { evolveCheck } from './evolve-check.ts';
import { evolveTask, type TaskEvent } from './evolve-task.ts';
import { recordFinding } from './policies.ts';
import { parkBlockedHeads } from './queue/resource-locks.ts';
import { createRun } from './start.ts';
import type { RunState, TaskRecord } from './state/state.ts';
import { applyExternal } from './transition/agent-health.ts';
import { isTested } from './transition/is-tested.ts';
import { isAsked } from './transition/judgement.ts';
import { keepTimeLimits } from './transition/limits.ts';
import { enter, settleDependents } from './transition/transition.ts';

/** The state after the first event of a journal, which must be `run.started`; otherwise `null`. */
export function begin(event: RunEvent): RunState | null {
  if (event.event.type !== 'run.started') {
    return null;
  }
  const run = createRun(event.event.plan, event.at);
  run.seq = event.seq;
  return run;
}

/**
 * Applies an event in place. Total: an event that does not fit the state (a late one, one of a finished attempt) only
 * advances the clock.
 */
export function evolve(run: RunState, { seq, at, event }: RunEvent): void {
  run.seq = seq;
  run.now = Math.max(run.now, at);
  if (run.ended !== null) {
    return;
  }
  releaseDue(run);
  apply(run, event);
  if (event.type !== 'attempt.requested' || run.tasks.get(event.task)?.launchedAs === seq) {
    // An unexpected launch is ignored.
    measure(run.measure, event);
  }
  keepTimeLimits(run);
  refuseTheRest(run);
  if (run.resourceLocks.length > 0) {
    parkBlockedHeads(run);
  }
}

/** The state after a whole journal. */
export function replay(events: readonly RunEvent[]): RunState | null {
  const [first, ...rest] = events;
  const run = first === undefined ? null : begin(first);
  if (run !== null) {
    for (const event of rest) {
      evolve(run, event);
    }
  }
  return run;
}

function isTaskEvent(event: RunEventBody): event is TaskEvent {
  return 'task' in event && event.type !== 'cancel.requested' && event.type !== 'policy.reported';
}

function apply(run: RunState, event: RunEventBody): void {
  if (isTaskEvent(event)) {
    evolveTask(run, event);
    return;
  }
  switch (event.type) {
    case 'run.started':
    case 'wake':
      return;
    case 'run.resumed':
      run.epoch = event.epoch;
      return;
    case 'phase.entered':
      run.phase = event.phase;
      run.phases.set(event.phase, run.now);
      return;
    case 'check.requested':
    case 'check.claimed':
    case 'check.cancel.requested':
    case 'check.revoked':
    case 'check.ended':
      evolveCheck(run, event);
      return;
    case 'cancel.requested':
      cancel(run, event.task);
      return;
    case 'warning':
      run.warnings.push(event.message);
      return;
    case 'provider.throttled_elsewhere':
    case 'breaker.synced':
      applyExternal(run, event);
      return;
    case 'quota.changed':
      run.policy.quota = event.quota;
      return;
    case 'launch_pause.changed':
      run.policy.launchPaused = event.reason;
      return;
    case 'policy.reported':
      recordFinding(run, event);
      return;
    case 'plan.changed':
      run.planChanges += 1;
      return;
    case 'run.ended':
      run.ended = { at: run.now, status: event.status, exitCode: event.exitCode };
      return;
    default:
      unreachable(event);
  }
}

/** Makes held tasks ready that are due. */
function releaseDue(run: RunState): void {
  for (
    let first = run.held.peek();
    first?.state.kind === 'held' && first.state.until <= run.now;
    first = run.held.peek()
  ) {
    enter(run, first, { kind: 'ready' });
  }
}

function cancel(run: RunState, task: TaskKey | null): void {
  const records = task === null ? run.order : [run.tasks.get(task)];
  run.cancelled ||= task === null;
  for (const record of records) {
    if (record !== undefined) {
      cancelTask(run, record);
      if (task !== null) {
        settleDependents(run, record);
      }
    }
  }
}

function cancelTask(run: RunState, record: TaskRecord): void {
  const { state } = record;
  record.revision = run.seq;
  switch (state.kind) {
    case 'waiting':
    case 'ready':
    case 'held':
    case 'blocked':
      record.cancelRequested = true;
      enter(run, record, { kind: 'cancelled' });
      return;
    case 'running':
      record.cancelRequested = true;
      if (state.stage !== 'stopping') {
        run.toCancel.add(record);
      }
      return;
    case 'verifying':
      if (isAsked(record)) {
        // The question has been withdrawn.
        record.cancelRequested = true;
        enter(run, record, { kind: 'cancelled' });
        return;
      }
      // It is still verified, except by its own test; missing evidence is not repaired.
      record.cancelRequested = true;
      if (isTested(record)) {
        run.toCancel.add(record);
      }
      return;
    case 'completed':
    case 'failed':
    case 'cancelled':
    case 'excluded':
      return;
    default:
      unreachable(state);
  }
}
