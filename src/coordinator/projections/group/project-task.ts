import type { TaskKey } from '../../../shared/ids.ts';
import { unreachable } from '../../../shared/unreachable.ts';
import type { Blocker, TaskView } from '../../../shared/view-models/group-views.ts';
import { shortName } from '../../plan/blockers.ts';
import { satisfies } from '../../plan/graph/source-status.ts';
import { addUsage } from '../../run/evolve-attempt.ts';
import { mostAttempts } from '../../run/most-attempts.ts';
import { takesUp } from '../../run/resume.ts';
import type { RunState, TaskRecord } from '../../run/state/state.ts';
import { agentOf, launches } from '../../run/transition/transition.ts';
import type { Plan, Task } from '../../schema/task.ts';
import { summaryOf } from '../envelope.ts';
import type { Holder } from '../project-run.ts';
import { notStartedReason, waitReason } from '../wait-reason.ts';
import { NO_STEERING, type Steering, steeringOf } from './steering.ts';
import {
  blockedDetail,
  describeTaskInRun,
  subagentOf,
  type TaskDisplay,
  timed,
} from './task-display.ts';

/** Inputs of a task's view. */
export interface TaskContext {
  readonly plan: Plan;
  /** Tasks of the group that a run would launch. */
  readonly inside: ReadonlySet<TaskKey>;
  /** Its blockers if the group ran now. */
  readonly blockers: readonly Blocker[];
  readonly wave: number;
  /** The task's record in the newest run, if any. */
  readonly record: TaskRecord | undefined;
  /** That run and the process that coordinates it; `null`: none. */
  readonly run: { readonly state: RunState; readonly holder: Holder } | null;
  /** Whether that run is in progress. */
  readonly live: boolean;
  /** Whether the workspace is trusted, so that anything may run. */
  readonly allowed: boolean;
  readonly subagent: { readonly subagent: string; readonly reason: TaskView['subagentReason'] };
  readonly attemptDirectory: (record: TaskRecord) => string;
  /** ms since the epoch. */
  readonly now: number;
}

/** A task as all views show it: its state in the newest run if it takes part, else its status in the source. */
export function projectTask(task: Task, context: TaskContext): TaskView {
  const { record } = context;
  const display = displayOf(task, context);
  const planned = record?.planned;
  const agent = record === undefined ? undefined : agentOf(record);
  const steering = steeringIn(context);
  return {
    key: task.key,
    id: task.id,
    title: task.title,
    // Not spread: there are many tasks, and this is four times as fast.
    status: display.status,
    appearance: display.appearance,
    detail: display.detail,
    blockedBy: display.blockedBy,
    place: task.place,
    priority: task.priority,
    subagent: planned?.subagent ?? context.subagent.subagent,
    subagentReason: planned?.subagentReason ?? context.subagent.reason,
    agent: agent?.agent ?? null,
    run: task.run,
    test: task.test,
    noChange: task.noChange,
    files: task.files,
    dependencies: task.dependencies.map((key) => ({
      key,
      id: shortName(key, task),
      status: context.plan.tasks.get(key)?.status.status ?? 'unknown',
    })),
    launchable: context.inside.has(task.key),
    wave: context.wave,
    attempts: record === undefined ? 0 : launches(record),
    maxAttempts: record === undefined ? 1 : mostAttempts(record),
    takesUp: record === undefined ? null : takesUp(record, context.run?.state.plan.repairs ?? 0),
    startedAt: record?.startedAt ?? null,
    endedAt: record?.endedAt ?? null,
    dueAt: record?.state.kind === 'held' ? record.state.until : null,
    step: record?.state.kind === 'running' ? record.state.step : null,
    usage: record === undefined ? null : addUsage(record.usage, record.liveUsage),
    summary:
      record === undefined || context.run === null ? null : summaryOf(context.run.state, record),
    evidence: record?.evidence ?? [],
    failure: failureOf(record),
    attemptDir:
      record === undefined || record.attempt === 0 ? null : context.attemptDirectory(record),
    runnerPid: record?.state.kind === 'running' ? record.state.pid : null,
    closeProblem: display.appearance === 'proven' ? closeProblemOf(record) : null,
    why: waitReasonOf(task, context),
    canNudge: steering.canNudge,
    canStop: steering.canStop,
    asksProof: steering.asksProof,
  };
}

function steeringIn({ record, run, live, allowed }: TaskContext): Steering {
  return record === undefined || run === null || !live || !allowed
    ? NO_STEERING
    : steeringOf(record, run.state, run.holder);
}

function waitReasonOf(
  task: Task,
  { record, run, live, blockers, allowed }: TaskContext,
): string | null {
  if (record?.state.kind === 'excluded' && satisfies(task.status)) {
    // Excluded because it is done: nothing to explain.
    return null;
  }
  const isInRun = record !== undefined && run !== null && (live || isRemembered(record));
  return isInRun
    ? waitReason(run.state, record, run.holder)
    : notStartedReason(task, { blockers, live, allowed });
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

function displayOf(task: Task, context: TaskContext): TaskDisplay {
  const { record } = context;
  if (record === undefined || record.state.kind === 'excluded') {
    return displayFromSource(task, context);
  }
  if (!context.live && (satisfies(task.status) || !isRemembered(record))) {
    return displayFromSource(task, context);
  }
  return describeTaskInRun(record, context);
}

/** Whether the outcome of a finished run is more specific than the plan. */
function isRemembered({ state }: TaskRecord): boolean {
  return (
    state.kind === 'failed' ||
    state.kind === 'cancelled' ||
    (state.kind === 'completed' && state.close.kind !== 'closed')
  );
}

function displayFromSource(task: Task, context: TaskContext): TaskDisplay {
  const none: readonly Blocker[] = [];
  const { status, word } = task.status;
  const { record } = context;
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
      return displayPending(task, context);
    default:
      return unreachable(status);
  }
}

function doneDetail(record: TaskRecord | undefined): string {
  return record === undefined || record.state.kind === 'excluded'
    ? 'done'
    : timed(subagentOf(record), record);
}

function displayPending(task: Task, context: TaskContext): TaskDisplay {
  const blockedBy = context.blockers;
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
  const waits = task.dependencies.filter((key) => context.inside.has(key));
  const ids = waits.map((key) => shortName(key, task));
  return {
    status: 'pending',
    appearance: ids.length > 0 ? 'waiting' : 'pending',
    detail: ids.length > 0 ? `waits for ${ids.join(', ')}` : context.subagent.subagent,
    blockedBy,
  };
}
