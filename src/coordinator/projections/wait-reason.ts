import { unreachable } from '../../shared/unreachable.ts';
import type { Blocker } from '../../shared/view-models/group-views.ts';
import type { Unavailability } from '../run/agents/unavailability.ts';
import { unavailabilityOf } from '../run/agents/unavailability.ts';
import { closedRequest } from '../run/queue/resource-locks.ts';
import type { RunState, TaskRecord } from '../run/state/state.ts';
import { agentOf } from '../run/transition/transition.ts';
import type { Task } from '../schema/task.ts';
import type { Holder } from './project-run.ts';

/**
 * Why a task of a run is not running, in one plain sentence; `null` for one that runs, is done, or failed in an attempt
 * of its own. Times are told as they are on the clock, so that a sentence stays true while it is read.
 */
export function waitReason(run: RunState, record: TaskRecord, holder: Holder): string | null {
  const { state } = record;
  switch (state.kind) {
    case 'excluded':
      return `It is left out of this run: when the run began it was ${quoted(state.word)}.`;
    case 'failed':
      return state.failure.reason === 'rejected' ? state.failure.message : null;
    case 'blocked':
      return blockedWhy(state.by);
    case 'waiting':
    case 'ready':
    case 'held':
      return ofTheRun(run, holder) ?? waitingWhy(run, record);
    case 'running':
    case 'verifying':
    case 'completed':
    case 'cancelled':
      return null;
    default:
      return unreachable(state);
  }
}

/** The same for a task that no run has to do with just now. */
export function notStartedReason(
  { status }: Pick<Task, 'status'>,
  { blockers, live, allowed }: { blockers: readonly Blocker[]; live: boolean; allowed: boolean },
): string | null {
  switch (status.status) {
    case 'completed':
    case 'cancelled':
      return null;
    case 'in_progress':
      return `Its plan says that it is ${quoted(status.word)}, so somebody else is at it.`;
    case 'blocked':
    case 'pending':
    case 'failed':
      if (!status.launchable) {
        return `Its plan says that it is ${quoted(status.word)}, and no run starts such a task.`;
      }
      if (blockers.length > 0) {
        return blockedWhy(blockers);
      }
      if (live) {
        return 'It came into the plan after the run had begun, so the next run does it.';
      }
      return allowed
        ? 'Its group is not running.'
        : 'This folder is in Restricted Mode, where nothing runs.';
    default:
      return unreachable(status.status);
  }
}

/** What keeps all tasks of a run from starting. */
function ofTheRun(run: RunState, { holder, name, suspended }: Holder): string | null {
  if (suspended !== null) {
    return `The run does not go on: ${sentence(suspended)}`;
  }
  if (holder === 'nobody') {
    return 'Nobody coordinates its run any more: resume the run.';
  }
  if (run.cancelled) {
    return 'The run is being stopped.';
  }
  const elsewhere = holder === 'other' && name !== null ? ` in ${name}` : '';
  switch (run.phase) {
    case null:
    case 'pre_execution':
      return run.suites.refresh.state.kind === 'ended'
        ? `The run${elsewhere} first runs the tests as they are before any change.`
        : `The run${elsewhere} first refreshes the context.`;
    case 'post_execution':
      return 'The run only validates what was done, so the next run does it.';
    case 'concurrent_execution':
    case 'coordination':
      return null;
    default:
      return unreachable(run.phase);
  }
}

function waitingWhy(run: RunState, record: TaskRecord): string {
  const { state } = record;
  if (state.kind === 'held') {
    const at = clock(state.until);
    return state.why === 'throttled'
      ? `Its provider told it to wait: it goes on at ${at}.`
      : `Its last attempt failed, so it is tried again at ${at}.`;
  }
  if (state.kind === 'waiting') {
    const open = record.dependencies.filter((dependency) => dependency.state.kind !== 'completed');
    return `It depends on ${listed(open.map(({ planned }) => planned.id))}, which ${open.length === 1 ? 'is' : 'are'} not done yet.`;
  }
  return (
    approvalWhy(run, record) ??
    laneWhy(record) ??
    (run.policy.launchPaused === null
      ? null
      : `Nothing is launched just now: ${run.policy.launchPaused}.`) ??
    agentWhy(run, record, ['breaker', 'throttled']) ??
    placeWhy(run) ??
    agentWhy(run, record, ['window', 'agent']) ??
    'It is the next to start, or waits for tasks that are more urgent.'
  );
}

function approvalWhy({ plan, policy }: RunState, record: TaskRecord): string | null {
  if (!plan.approveEachTask || record.approval === 'allowed') {
    return null;
  }
  return policy.asked.has(record)
    ? 'It waits for your approval.'
    : 'It waits for your approval, which is asked for as soon as there is a place for it.';
}

function laneWhy(record: TaskRecord): string | null {
  const closed = closedRequest(record);
  if (closed === undefined) {
    return null;
  }
  const { live, path } = closed.lock;
  const ids = listed(Array.from(live, ({ planned }) => planned.id));
  return path === null
    ? `It must not run at the same time as ${ids}: their source says that they conflict.`
    : `It must not run at the same time as ${ids}: both name something in ${path}.`;
}

/** As wide as the run, a window that is full says no more than that the run is. */
function agentWhy(
  run: RunState,
  record: TaskRecord,
  kinds: readonly Unavailability['kind'][],
): string | null {
  const agent = agentOf(record)?.agent;
  const obstacle = agent === undefined ? null : unavailabilityOf(run, agent);
  return obstacle === null || !kinds.includes(obstacle.kind) ? null : obstacleWhy(obstacle);
}

function obstacleWhy(obstacle: Unavailability): string {
  switch (obstacle.kind) {
    case 'breaker':
      return obstacle.until === null
        ? `${obstacle.agent} failed too often in a row, and one task is trying it out.`
        : `${obstacle.agent} failed too often in a row: it is tried again at ${clock(obstacle.until)}.`;
    case 'throttled':
      return `${obstacle.provider} told us to wait: nothing is asked of it before ${clock(obstacle.until)}.`;
    case 'window':
      return `${obstacle.provider} was at its limit, so just now it gets no more than ${attempts(obstacle.limit)} at once.`;
    case 'agent':
      return `${obstacle.agent} may have no more than ${attempts(obstacle.limit)} at once.`;
    default:
      return unreachable(obstacle);
  }
}

/** Whether there is a place for one more attempt. */
function placeWhy(run: RunState): string | null {
  const { plan, policy, live, held } = run;
  if (plan.sequential && (live > 0 || held.size > 0)) {
    return `These tasks run one after the other, and ${busyTask(run)} is not over yet.`;
  }
  if (live >= plan.maxConcurrent) {
    return `The run may have ${attempts(plan.maxConcurrent)} at once, and has them.`;
  }
  return policy.quota !== null && live >= policy.quota
    ? 'This window may have no more attempts at once, and other runs have their part of them.'
    : null;
}

const busyTasks = new WeakMap<RunState, { readonly seq: number; readonly id: string }>();

/** Of a run of many tasks nearly all wait for the same one: it is looked for once an event. */
function busyTask(run: RunState): string {
  let known = busyTasks.get(run);
  if (known?.seq !== run.seq) {
    const busy = run.order.find(({ state: { kind } }) => BUSY.has(kind));
    known = { seq: run.seq, id: busy?.planned.id ?? 'another one' };
    busyTasks.set(run, known);
  }
  return known.id;
}

const BUSY: ReadonlySet<TaskRecord['state']['kind']> = new Set(['running', 'verifying', 'held']);

function blockedWhy(by: readonly Blocker[]): string {
  return `It is blocked by ${listed(by.map(({ id, status }) => `${id} (${status})`))}.`;
}

function attempts(count: number): string {
  return count === 1 ? 'one attempt' : `${count} attempts`;
}

/** `T1`, `T1 and T2`, `T1, T2 and T3`. */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function quoted(word: string): string {
  return `“${word}”`;
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

/** The time of day, as the clock on the wall shows it. */
function clock(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
