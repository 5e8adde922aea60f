import type { FailureReason } from '../../shared/failure.ts';
import type { TaskKey } from '../../shared/ids.ts';
import type { Usage } from '../../shared/view-models/group-views.ts';
import { unprovenReason } from '../../shared/words/evidence-words.ts';
import type { Resume, RunEventBody } from '../schema/events.ts';
import type { LaunchSpec, PlannedTask, RunSpec } from '../schema/run-spec.ts';
import { addCost, type AttemptStats, createAttemptStats } from './attempt-stats.ts';
import { priced } from './cost.ts';

/** Statistics of one agent as one subagent in one run. */
export interface Cell {
  readonly subagent: string;
  readonly agent: string;
  readonly stats: AttemptStats;
}

/** State of a task's newest attempt. */
interface Tracked {
  readonly attempt: number;
  readonly plan: LaunchSpec;
  readonly cell: Cell;
  /** Why it resumed a session; `null`: it started a new one. */
  readonly why: Resume['why'] | null;
  counted: boolean;
  throttled: boolean;
  /** The latest usage report of the attempt. */
  usage: Usage | null;
  stage: 'running' | 'verifying' | 'over';
}

/** The metrics of one run, folded from its events one at a time, live and from its journal alike. */
export interface RunMeasure {
  readonly tasks: ReadonlyMap<TaskKey, PlannedTask>;
  readonly cells: Map<string, Cell>;
  readonly tracked: Map<TaskKey, Tracked>;
  /** Tasks whose latest finished attempt failed. */
  readonly failed: Set<TaskKey>;
}

/** The metrics before the first event. */
export function createMeasure(plan: RunSpec): RunMeasure {
  return {
    tasks: new Map(plan.tasks.map((task) => [task.key, task])),
    cells: new Map(),
    tracked: new Map(),
    failed: new Set(),
  };
}

/** Applies an event. Events of unknown or finished attempts change nothing. */
export function measure(run: RunMeasure, event: RunEventBody): void {
  if (event.type === 'attempt.requested') {
    request(run, event);
    return;
  }
  if (!isOfAttempt(event)) {
    return;
  }
  const tracked = run.tracked.get(event.task);
  // Evidence is collected after the attempt has ended, when nothing else happens to it.
  const expected = event.type === 'evidence.checked' ? 'verifying' : 'running';
  if (tracked?.attempt !== event.attempt || tracked.stage !== expected) {
    return;
  }
  switch (event.type) {
    case 'attempt.claimed':
      count(run, event.task, tracked);
      return;
    case 'attempt.progress':
      progress(tracked, event);
      return;
    case 'attempt.revoked':
      tracked.stage = 'over';
      return;
    case 'attempt.ended':
      ended(run, tracked, event);
      return;
    case 'evidence.checked':
      checked(run, tracked, event);
      return;
  }
}

const OF_ATTEMPT = [
  'attempt.claimed',
  'attempt.progress',
  'attempt.revoked',
  'attempt.ended',
  'evidence.checked',
] as const;
type Named = (typeof OF_ATTEMPT)[number];
type OfAttempt = Extract<RunEventBody, { type: Named }>;
type Event<Type extends Named> = Extract<RunEventBody, { type: Type }>;
const NAMES: ReadonlySet<string> = new Set(OF_ATTEMPT);

function isOfAttempt(event: RunEventBody): event is OfAttempt {
  return NAMES.has(event.type);
}

function request(
  run: RunMeasure,
  { task, attempt, choice, resume }: Extract<RunEventBody, { type: 'attempt.requested' }>,
): void {
  const plan = run.tasks.get(task)?.agents[choice];
  const before = run.tracked.get(task) ?? { attempt: 0, stage: 'over' };
  if (plan === undefined || before.stage !== 'over' || attempt !== before.attempt + 1) {
    return;
  }
  const place = JSON.stringify([plan.subagent, plan.agent]);
  const { subagent, agent } = plan;
  const cell = run.cells.get(place) ?? { subagent, agent, stats: createAttemptStats() };
  run.cells.set(place, cell);
  const fresh = { counted: false, throttled: false, usage: null, stage: 'running' } as const;
  run.tracked.set(task, { attempt, plan, cell, why: resume?.why ?? null, ...fresh });
}

/** Counted at its start: an attempt that was revoked before never ran. */
function count(run: RunMeasure, task: TaskKey, tracked: Tracked): void {
  if (!tracked.counted) {
    tracked.counted = true;
    tracked.cell.stats.attempts += 1;
    tracked.cell.stats.repairs += tracked.why === 'repair' ? 1 : 0;
    tracked.cell.stats.retries += tracked.why === null && run.failed.has(task) ? 1 : 0;
  }
}

function progress(tracked: Tracked, event: Event<'attempt.progress'>): void {
  tracked.usage = event.usage ?? tracked.usage;
  const throttled = event.throttledUntil !== null;
  tracked.cell.stats.throttles += throttled && !tracked.throttled ? 1 : 0;
  tracked.throttled = throttled;
}

function ended(run: RunMeasure, tracked: Tracked, event: Event<'attempt.ended'>): void {
  const { task, outcome } = event;
  const { stats } = tracked.cell;
  count(run, task, tracked);
  use(tracked, outcome.usage ?? tracked.usage);
  const reason = outcome.failure?.reason ?? null;
  if (reason === null || !WITHOUT_LATENCY.has(reason)) {
    stats.latency.add(outcome.durationMs);
  }
  tracked.stage = reason === null ? 'verifying' : 'over';
  if (reason === 'throttled') {
    // An agent that waited before giving up was already counted when the wait began.
    stats.throttles += tracked.throttled ? 0 : 1;
  } else if (reason !== null) {
    fail(run, task, stats, reason);
  }
}

/** Stopped externally or never started: its duration is meaningless. */
const WITHOUT_LATENCY: ReadonlySet<FailureReason> = new Set([
  'cancelled',
  'interrupted',
  'not_started',
  'rejected',
]);

function use({ plan, cell: { stats } }: Tracked, usage: Usage | null): void {
  if (usage !== null) {
    stats.inputTokens += usage.inputTokens;
    stats.outputTokens += usage.outputTokens;
    addCost(stats, priced(usage, plan.price));
  }
}

function checked(run: RunMeasure, tracked: Tracked, event: Event<'evidence.checked'>): void {
  tracked.stage = 'over';
  const missing = event.evidence.find(({ ok }) => !ok);
  if (missing === undefined) {
    tracked.cell.stats.successes += 1;
    run.failed.delete(event.task);
  } else {
    fail(run, event.task, tracked.cell.stats, unprovenReason(missing));
  }
}

function fail(run: RunMeasure, task: TaskKey, stats: AttemptStats, reason: FailureReason): void {
  stats.failures.set(reason, (stats.failures.get(reason) ?? 0) + 1);
  run.failed.add(task);
}
