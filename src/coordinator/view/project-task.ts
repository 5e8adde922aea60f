import { shortName } from '../plan/blockers.ts';
import { satisfies } from '../plan/source-status.ts';
import type { TaskRecord } from '../run/state.ts';
import { closedStake } from '../run/lanes.ts';
import { agentOf, launches } from '../run/transition.ts';
import { addUsage } from '../run/evolve-attempt.ts';
import type { Plan, Task } from '../task.ts';
import { describeDuration } from '../../shared/durations.ts';
import type { TaskKey } from '../../shared/ids.ts';
import type { TaskStatus } from '../../shared/status.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { Blocker, TaskAppearance, TaskView } from '../../shared/views.ts';

/** What is known around a task when it is drawn. */
export interface TaskSurroundings {
  readonly plan: Plan;
  /** Tasks of the group that a run would launch. */
  readonly inside: ReadonlySet<TaskKey>;
  /** What would hold it back if the group ran now. */
  readonly blockers: readonly Blocker[];
  readonly wave: number;
  /** The task's part in the newest run, if it has one. */
  readonly record: TaskRecord | undefined;
  /** Whether that run goes on. */
  readonly live: boolean;
  readonly subagent: { readonly subagent: string; readonly reason: TaskView['subagentReason'] };
  readonly attemptDirectory: (record: TaskRecord) => string;
  /** ms since the epoch. */
  readonly now: number;
}

interface Fate {
  readonly status: TaskStatus;
  readonly appearance: TaskAppearance;
  readonly detail: string;
  readonly blockedBy: readonly Blocker[];
}

/** A task as every view shows it: its place in the newest run where it has one, else what its source says. */
export function projectTask(task: Task, around: TaskSurroundings): TaskView {
  const { record } = around;
  const fate = fateOf(task, around);
  const planned = record?.planned;
  const agent = record === undefined ? undefined : agentOf(record);
  const outcome = record?.outcome ?? null;
  return {
    key: task.key,
    id: task.id,
    title: task.title,
    // Not spread: there are many tasks, and engines are four times as fast with the names written out.
    status: fate.status,
    appearance: fate.appearance,
    detail: fate.detail,
    blockedBy: fate.blockedBy,
    place: task.place,
    priority: task.priority,
    subagent: planned?.subagent ?? around.subagent.subagent,
    subagentReason: planned?.subagentReason ?? around.subagent.reason,
    agent: agent?.agent ?? null,
    run: task.run,
    files: task.files,
    dependencies: task.dependencies.map((key) => ({
      key,
      id: shortName(key, task),
      status: around.plan.tasks.get(key)?.status.status ?? 'unknown',
    })),
    launchable: around.inside.has(task.key),
    wave: around.wave,
    attempts: record === undefined ? 0 : launches(record),
    maxAttempts: (agent?.maxRetries ?? 0) + 1,
    startedAt: record?.startedAt ?? null,
    endedAt: record?.endedAt ?? null,
    dueAt: record?.state.kind === 'held' ? record.state.until : null,
    step: record?.state.kind === 'running' ? record.state.step : null,
    usage: record === undefined ? null : addUsage(record.usage, record.liveUsage),
    summary: outcome?.summary ?? null,
    evidence: record?.evidence ?? [],
    failure: failureOf(record),
    attemptDir:
      record === undefined || record.attempt === 0 ? null : around.attemptDirectory(record),
    runnerPid: record?.state.kind === 'running' ? record.state.pid : null,
    closeProblem: fate.appearance === 'proven' ? closeProblemOf(record) : null,
  };
}

function failureOf(record: TaskRecord | undefined): TaskView['failure'] {
  if (record === undefined) {
    return null;
  }
  return record.state.kind === 'failed' ? record.state.failure : (record.outcome?.failure ?? null);
}

function closeProblemOf(record: TaskRecord | undefined): string | null {
  return record?.state.kind === 'completed' && record.state.close.kind === 'problem'
    ? record.state.close.message
    : null;
}

function fateOf(task: Task, around: TaskSurroundings): Fate {
  const { record } = around;
  if (record === undefined || record.state.kind === 'excluded') {
    return fateInSource(task, around);
  }
  if (!around.live && (satisfies(task.status) || !isRemembered(record))) {
    return fateInSource(task, around);
  }
  return fateInRun(record, around);
}

/** Whether the outcome of a run that is over still says more than the plan does. */
function isRemembered({ state }: TaskRecord): boolean {
  return (
    state.kind === 'failed' ||
    state.kind === 'cancelled' ||
    (state.kind === 'completed' && state.close.kind !== 'closed')
  );
}

function fateInSource(task: Task, around: TaskSurroundings): Fate {
  const none: readonly Blocker[] = [];
  const { status, word } = task.status;
  const { record } = around;
  switch (status) {
    case 'completed':
      return { status, appearance: 'completed', detail: doneDetail(record), blockedBy: none };
    case 'cancelled':
      return { status, appearance: 'cancelled', detail: 'cancelled', blockedBy: none };
    case 'in_progress':
      return { status, appearance: 'running', detail: `${word} elsewhere`, blockedBy: none };
    case 'blocked':
      return { status, appearance: 'blocked', detail: word, blockedBy: none };
    case 'pending':
    case 'failed':
      return pendingFate(task, around);
    default:
      return unreachable(status);
  }
}

function doneDetail(record: TaskRecord | undefined): string {
  return record === undefined || record.state.kind === 'excluded'
    ? 'done'
    : timed(whoDidIt(record), record);
}

function pendingFate(task: Task, around: TaskSurroundings): Fate {
  const blockedBy = around.blockers;
  if (blockedBy.length > 0) {
    return {
      status: 'blocked',
      appearance: 'blocked',
      detail: blockedDetail(blockedBy),
      blockedBy,
    };
  }
  if (task.status.status === 'failed') {
    return { status: 'failed', appearance: 'failed', detail: 'failed before', blockedBy };
  }
  const waits = task.dependencies.filter((key) => around.inside.has(key));
  const ids = waits.map((key) => shortName(key, task));
  return {
    status: 'pending',
    appearance: ids.length > 0 ? 'waiting' : 'pending',
    detail: ids.length > 0 ? `waits for ${ids.join(', ')}` : around.subagent.subagent,
    blockedBy,
  };
}

function fateInRun(record: TaskRecord, around: TaskSurroundings): Fate {
  const { state } = record;
  const none: readonly Blocker[] = [];
  switch (state.kind) {
    case 'excluded':
      return { status: 'completed', appearance: 'completed', detail: state.word, blockedBy: none };
    case 'waiting': {
      const ids = record.dependencies
        .filter((dependency) => dependency.state.kind !== 'completed')
        .map((dependency) => dependency.planned.id);
      const detail = `waits for ${ids.join(', ')}`;
      return { status: 'pending', appearance: 'waiting', detail, blockedBy: none };
    }
    case 'ready':
      return { status: 'pending', blockedBy: none, ...queued(record) };
    case 'held':
      return heldFate(state, around.now);
    case 'running':
      return runningFate(record, state);
    case 'checking':
      return {
        status: 'in_progress',
        appearance: 'running',
        detail: 'checking the evidence',
        blockedBy: none,
      };
    case 'completed':
      return completedFate(record, state.close, around.live);
    case 'blocked':
      return {
        status: 'blocked',
        appearance: 'blocked',
        detail: blockedDetail(state.by),
        blockedBy: state.by,
      };
    case 'failed':
      return {
        status: 'failed',
        appearance: 'failed',
        detail: state.failure.message,
        blockedBy: none,
      };
    case 'cancelled':
      return {
        status: 'cancelled',
        appearance: 'cancelled',
        detail: timed(['stopped', ...whoDidIt(record)], record),
        blockedBy: none,
      };
    default:
      return unreachable(state);
  }
}

/** A ready task may have to wait until another one that it must not run beside is over. */
function queued(record: TaskRecord): Pick<Fate, 'appearance' | 'detail'> {
  const closed = closedStake(record);
  if (closed === undefined) {
    return { appearance: 'queued', detail: 'queued' };
  }
  const { live, path } = closed.lane;
  const ids = Array.from(live, ({ planned }) => planned.id);
  const why = path === null ? 'they conflict' : 'same files';
  return { appearance: 'waiting', detail: `waits for ${ids.join(', ')} (${why})` };
}

function heldFate(state: Extract<TaskRecord['state'], { kind: 'held' }>, now: number): Fate {
  const left = describeDuration(Math.max(0, state.until - now));
  const throttled = state.why === 'throttled';
  return {
    status: 'pending',
    appearance: throttled ? 'throttled' : 'backing_off',
    detail: throttled ? `throttled, goes on in ${left}` : `tries again in ${left}`,
    blockedBy: [],
  };
}

function runningFate(
  record: TaskRecord,
  state: Extract<TaskRecord['state'], { kind: 'running' }>,
): Fate {
  const who = agentOf(record)?.agent ?? record.planned.subagent;
  const name = who === 'run' ? [] : [who];
  const shared = { status: 'in_progress' as const, blockedBy: [] };
  if (state.stage === 'stopping') {
    return { ...shared, appearance: 'stopping', detail: 'stopping' };
  }
  if (state.needsYou !== null) {
    return { ...shared, appearance: 'needs_you', detail: `asks: ${state.needsYou}` };
  }
  if (state.throttledUntil !== null) {
    return { ...shared, appearance: 'throttled', detail: `${who} · throttled by its provider` };
  }
  const step = state.step ?? (state.stage === 'requested' ? 'starting' : 'running');
  return { ...shared, appearance: 'running', detail: [...name, step].join(' · ') };
}

function completedFate(
  record: TaskRecord,
  close: Extract<TaskRecord['state'], { kind: 'completed' }>['close'],
  live: boolean,
): Fate {
  const shared = { status: 'completed' as const, blockedBy: [] };
  if (close.kind === 'problem') {
    return { ...shared, appearance: 'proven', detail: `proven, not yet closed: ${close.message}` };
  }
  if (close.kind === 'closed' || live) {
    return { ...shared, appearance: 'completed', detail: timed(whoDidIt(record), record) };
  }
  return { ...shared, appearance: 'proven', detail: 'proven, not yet closed' };
}

/** A `run:` task is done by its own command: no subagent has a part in it. */
function whoDidIt(record: TaskRecord): readonly string[] {
  return agentOf(record)?.agent === 'run' ? [] : [record.planned.subagent];
}

function timed(words: readonly string[], { startedAt, endedAt }: TaskRecord): string {
  const time =
    startedAt === null || endedAt === null ? [] : [describeDuration(endedAt - startedAt)];
  const known = [...words, ...time];
  return known.length === 0 ? 'done' : known.join(' · ');
}

function blockedDetail(by: readonly Blocker[]): string {
  return `blocked by ${by.map(({ id, status }) => `${id} (${status})`).join(', ')}`;
}
