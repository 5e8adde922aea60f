import type {
  RunEvent,
  RunEventBody,
  SuiteJob,
} from '../../../../src/coordinator/schema/events.ts';
import type { PlannedTask, RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import type { TaskKey } from '../../../../src/shared/ids.ts';
import { applyExternal, routed } from './agents.ts';
import { attempted } from './attempted.ts';
import { refused } from './budget.ts';
import { change, named } from './change.ts';
import { dependenciesOf, kindOf } from './kinds.ts';
import type { Model, ModelCheck, ModelTask, Progress } from './model.ts';
import { nudged } from './resume.ts';
import { expired } from './time-limits.ts';

/** Returns the model of a run whose plan was just frozen. */
export function startModel(plan: RunSpec, now: number): Model {
  const idle: ModelCheck = { kind: 'idle', attempt: 0, interrupted: 0, tests: null };
  return routed({
    plan,
    tasks: plan.tasks.map((planned, index) => ({
      planned,
      index,
      outside: planned.blockedBy,
      progress: firstProgress(planned),
      attempt: 0,
      revokedCount: 0,
      retries: 0,
      refusedAfter: [],
      since: null,
      choice: 0,
      repairs: 0,
      session: null,
      resume: null,
      stop: false,
      why: null,
      launchedAs: 0,
      spent: [],
      live: null,
    })),
    checks: { refresh: idle, baseline: idle, tests: idle },
    windows: {},
    breakers: openAtStart(plan),
    startedAt: now,
    budget: 'open',
    testsMissed: false,
    now,
    phase: null,
    cancelled: false,
    timedOut: false,
    ended: null,
  });
}

function openAtStart({ tasks, openBreakers }: RunSpec): Model['breakers'] {
  const named = new Set(tasks.flatMap(({ agents }) => agents.map(({ agent }) => agent)));
  return Object.fromEntries(
    openBreakers
      .filter(({ agent }) => named.has(agent))
      .map(({ agent, until }) => [agent, { row: [], openUntil: until, trial: null }]),
  );
}

function firstProgress(planned: PlannedTask): Progress {
  if (planned.excluded !== null) {
    return { kind: 'excluded' };
  }
  if (planned.carriedFrom !== null) {
    return { kind: 'completed', close: 'open' };
  }
  return { kind: planned.agents.length === 0 ? 'failed' : 'idle' };
}

/** Returns the model after one more event. */
export function step(before: Model, { at, event, seq }: RunEvent): Model {
  const now = Math.max(before.now, at);
  if (before.ended !== null) {
    return { ...before, now };
  }
  const due = (task: ModelTask): boolean =>
    task.progress.kind === 'held' && task.progress.until <= now;
  const awake = change({ ...before, now }, due, { progress: { kind: 'idle' } });
  return routed(freeBlocked(refused(expired(apply(routed(awake), event, seq)))));
}

/** Frees held tasks that are now blocked or wait for others: their retry time no longer counts. */
function freeBlocked(model: Model): Model {
  const waits = (task: ModelTask): boolean =>
    dependenciesOf(model, task).some(({ progress }) => progress.kind !== 'completed');
  const stuck = (task: ModelTask): boolean =>
    task.progress.kind === 'held' && (kindOf(model, task) === 'blocked' || waits(task));
  return change(model, stuck, { progress: { kind: 'idle' } });
}

function apply(model: Model, event: RunEventBody, seq: number): Model {
  switch (event.type) {
    case 'phase.entered':
      return { ...model, phase: event.phase };
    case 'policy.reported':
      return event.code === 'BUDGET'
        ? { ...model, budget: event.severity === 'violation' ? 'spent' : 'warned' }
        : { ...model, testsMissed: true };
    case 'run.ended':
      return { ...model, ended: event.status };
    case 'cancel.requested':
      return cancelled(model, event.task);
    case 'nudge.requested':
      return nudged(model, event);
    case 'outside.changed':
      return model.phase === 'post_execution' || model.timedOut
        ? model
        : change(model, named(event.task), { outside: event.blockedBy });
    case 'provider.throttled_elsewhere':
    case 'breaker.synced':
      return applyExternal(model, event);
    case 'close.requested':
      return closing(model, event.task, 'open', 'requested');
    case 'close.ended':
      return closing(model, event.task, 'requested', event.problem === null ? 'closed' : 'problem');
    case 'check.requested':
    case 'check.cancel.requested':
    case 'check.revoked':
    case 'check.ended':
      return { ...model, checks: { ...model.checks, [event.job]: checked(model, event) } };
    case 'attempt.requested':
    case 'attempt.cancel.requested':
    case 'attempt.revoked':
    case 'attempt.progress':
    case 'attempt.ended':
    case 'evidence.requested':
    case 'evidence.checked':
      return attempted(model, event, seq);
    case 'run.started':
    case 'run.resumed':
    case 'check.claimed':
    case 'attempt.claimed':
    case 'plan.changed':
    case 'warning':
    case 'result.received':
    case 'quota.changed':
    case 'launch_pause.changed':
    case 'approval.requested':
    case 'approval.given':
    case 'judgement.requested':
    case 'judgement.decided':
    case 'wake':
      return model;
  }
}

function cancelled(model: Model, key: TaskKey | null): Model {
  const meant = (task: ModelTask): boolean => key === null || task.planned.key === key;
  const started = ({ progress }: ModelTask): boolean =>
    progress.kind === 'running' || progress.kind === 'verifying';
  const open = (task: ModelTask): boolean =>
    task.progress.kind === 'idle' || task.progress.kind === 'held';
  const stopped = change(model, (task) => meant(task) && started(task), { stop: true });
  const progress: Progress = { kind: 'cancelled' };
  return {
    ...change(stopped, (task) => meant(task) && open(task), { stop: true, progress }),
    cancelled: model.cancelled || key === null,
  };
}

function closing(
  model: Model,
  key: TaskKey,
  from: 'open' | 'requested',
  to: 'requested' | 'closed' | 'problem',
): Model {
  const fits = ({ planned, progress }: ModelTask): boolean =>
    planned.key === key && progress.kind === 'completed' && progress.close === from;
  return change(model, fits, { progress: { kind: 'completed', close: to } });
}

function checked(model: Model, event: Extract<RunEventBody, { job: SuiteJob }>): ModelCheck {
  const check = model.checks[event.job];
  if (event.type === 'check.requested') {
    const next = check.kind === 'idle' && event.attempt === check.attempt + 1;
    return next ? { ...check, kind: 'running', attempt: event.attempt } : check;
  }
  const runs = check.kind === 'running' || check.kind === 'stopping';
  if (!runs || event.attempt !== check.attempt || event.type === 'check.claimed') {
    return check;
  }
  if (event.type !== 'check.ended') {
    return { ...check, kind: event.type === 'check.revoked' ? 'idle' : 'stopping' };
  }
  const lost =
    event.outcome.failure?.reason === 'interrupted' && !model.cancelled && !model.timedOut;
  return lost && check.interrupted === 0
    ? { ...check, kind: 'idle', interrupted: 1 }
    : { ...check, kind: 'ended', tests: event.tests?.status ?? null };
}
