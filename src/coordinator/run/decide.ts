import type { Phase } from '../../shared/status.ts';
import type { RunEventBody, SuiteJob } from '../schema/events.ts';
import { opensAt, unavailabilityOf } from './agents/unavailability.ts';
import { askSomebody } from './approval.ts';
import { judgeRun, testsObject } from './failure/judge-run.ts';
import { missingTestsEvent, nextPolicyEvent } from './policies.ts';
import { isHeldBack } from './queue/hold-back.ts';
import { compareReady } from './queue/ready-tasks.ts';
import { dueAt } from './start.ts';
import type { RunState, TaskRecord } from './state/state.ts';
import { nextTaskDueAt, runDueAt } from './transition/limits.ts';
import { agentOf } from './transition/transition.ts';

/**
 * The next decision. The action is the event that records it: the engine appends the event, evolves the state, asks
 * again until `action` is null, and performs the effects only once the events are on disk.
 */
export interface Decision {
  readonly action: RunEventBody | null;
  /** When to decide again without any event, ms since the epoch; `null`: only an event can change the decision. */
  readonly wakeAt: number | null;
}

/** Total and deterministic: depends only on the state (its `now` is the time of the last event). */
export function decide(run: RunState): Decision {
  const action = run.ended === null ? nextAction(run) : null;
  return { action, wakeAt: action === null && run.ended === null ? nextWake(run) : null };
}

/**
 * The earliest time at which a held task is due, an agent of ready tasks accepts attempts again, or a time limit
 * expires.
 */
function nextWake(run: RunState): number | null {
  const first = run.held.peek();
  let wakeAt = first === undefined ? Infinity : dueAt(first);
  for (const [agent, queue] of run.ready) {
    if (queue.size > 0) {
      wakeAt = Math.min(wakeAt, opensAt(run, agent) ?? Infinity);
    }
  }
  wakeAt = Math.min(wakeAt, nextTaskDueAt(run) ?? Infinity, runDueAt(run) ?? Infinity);
  return wakeAt === Infinity ? null : wakeAt;
}

function nextAction(run: RunState): RunEventBody | null {
  return (
    stopSomething(run) ??
    (isStopped(run) ? finishStopped(run) : (nextPolicyEvent(run) ?? advance(run)))
  );
}

/** Cancelled by the user or by a time limit: nothing starts. */
function isStopped({ cancelled, timedOut }: RunState): boolean {
  return cancelled || timedOut;
}

function stopSomething(run: RunState): RunEventBody | null {
  for (const record of run.toCancel) {
    return {
      type: 'attempt.cancel.requested',
      task: record.planned.key,
      attempt: record.attempt,
      ...(record.stopWhy === null ? {} : { why: record.stopWhy }),
    };
  }
  if (!isStopped(run)) {
    return null;
  }
  for (const job of ['refresh', 'baseline', 'tests'] as const) {
    const { state, attempt } = run.suites[job];
    if (state.kind === 'running' && state.stage !== 'stopping') {
      return { type: 'check.cancel.requested', job, attempt };
    }
  }
  return null;
}

/** A cancelled run waits for running attempts and verifies those that succeeded; then it ends. */
function finishStopped(run: RunState): RunEventBody | null {
  const busy = Object.values(run.suites).some(({ state }) => state.kind === 'running');
  if (run.active === 0 && !busy && run.closing === 0) {
    return { type: 'run.ended', ...judgeRun(run) };
  }
  return proveSomething(run);
}

function advance(run: RunState): RunEventBody | null {
  switch (run.phase) {
    case null:
      return entering('pre_execution');
    case 'pre_execution':
      return prepare(run);
    case 'concurrent_execution':
      return (
        proveSomething(run) ??
        launchSomething(run) ??
        askSomebody(run) ??
        (run.unlaunched === 0 ? entering('coordination') : null)
      );
    case 'coordination':
      return (
        proveSomething(run) ??
        launchSomething(run) ??
        askSomebody(run) ??
        (run.active === 0 ? entering('post_execution') : null)
      );
    case 'post_execution':
      return validate(run);
  }
}

function entering(phase: Phase): RunEventBody {
  return { type: 'phase.entered', phase };
}

/** Refreshes the context and, if anything is going to change, runs the test baseline; a map needs neither. */
function prepare(run: RunState): RunEventBody | null {
  if (run.plan.kind === 'map') {
    return entering('concurrent_execution');
  }
  const baseline = run.plan.tests !== null && run.active > 0;
  return (
    request(run, 'refresh') ??
    (baseline ? request(run, 'baseline') : null) ??
    (isRunning(run, 'refresh') || isRunning(run, 'baseline')
      ? null
      : entering('concurrent_execution'))
  );
}

function request(run: RunState, job: SuiteJob): RunEventBody | null {
  const { state, attempt } = run.suites[job];
  return state.kind === 'idle' ? { type: 'check.requested', job, attempt: attempt + 1 } : null;
}

function isRunning(run: RunState, job: SuiteJob): boolean {
  return run.suites[job].state.kind === 'running';
}

function proveSomething(run: RunState): RunEventBody | null {
  for (const record of run.toVerify) {
    return { type: 'evidence.requested', task: record.planned.key, attempt: record.attempt };
  }
  return null;
}

function launchSomething(run: RunState): RunEventBody | null {
  if (isHeldBack(run) || !hasFreeSlot(run)) {
    return null;
  }
  const goesFirst = compareReady(run);
  let best: TaskRecord | undefined;
  // Sequential: no task overtakes the first one, even while its agent accepts nothing.
  const { sequential } = run.plan;
  for (const [agent, queue] of run.ready) {
    const first = queue.peek();
    if (first === undefined || (!sequential && unavailabilityOf(run, agent) !== null)) {
      continue;
    }
    if (best === undefined || goesFirst(first, best)) {
      best = first;
    }
  }
  return best === undefined || (sequential && isObstructed(run, best))
    ? null
    : {
        type: 'attempt.requested',
        task: best.planned.key,
        attempt: best.attempt + 1,
        choice: best.choice,
        ...(best.resume === null ? {} : { resume: best.resume }),
      };
}

function isObstructed(run: RunState, record: TaskRecord): boolean {
  const agent = agentOf(record)?.agent;
  return agent !== undefined && unavailabilityOf(run, agent) !== null;
}

/** Sequential runs keep the source's order across retries: a held task is retried before the next one starts. */
function hasFreeSlot(run: RunState): boolean {
  return run.plan.sequential
    ? run.live === 0 && run.held.size === 0
    : run.live < run.plan.maxConcurrent;
}

/** Runs the tests, then closes proven tasks, then ends the run. */
function validate(run: RunState): RunEventBody | null {
  if (run.plan.tests !== null && run.completed > 0) {
    const requested = request(run, 'tests');
    if (requested !== null || isRunning(run, 'tests')) {
      return requested;
    }
  }
  const missing = missingTestsEvent(run);
  if (missing !== null) {
    return missing;
  }
  // A failing suite cannot be attributed to a task, so nothing is closed.
  const proven = testsObject(run) ? undefined : run.toClose.peek();
  if (proven !== undefined) {
    return { type: 'close.requested', task: proven.planned.key };
  }
  return run.closing > 0 ? null : { type: 'run.ended', ...judgeRun(run) };
}
