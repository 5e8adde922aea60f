import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { Blocker } from '../../shared/view-models/group-views.ts';
import type { Unavailability } from '../run/agents/unavailability.ts';
import { unavailabilityOf } from '../run/agents/unavailability.ts';
import { blockedRequest } from '../run/queue/resource-locks.ts';
import type { RunState, TaskRecord } from '../run/state/state.ts';
import { agentOf } from '../run/transition/transition.ts';
import type { Task } from '../schema/task.ts';
import type { Holder } from './project-run.ts';

/**
 * Why a task of a run is not running, in one sentence; `null` if it is running, done, or failed in an attempt of its
 * own. Times are clock times, so that a displayed sentence stays true.
 */
export function waitReason(run: RunState, record: TaskRecord, holder: Holder): string | null {
  const { state } = record;
  switch (state.kind) {
    case 'excluded':
      return t('It is left out of this run: when the run began it was {0}.', quoted(state.word));
    case 'failed':
      return state.failure.reason === 'rejected' ? state.failure.message : null;
    case 'blocked':
      return blockedReason(state.by);
    case 'waiting':
    case 'ready':
    case 'held':
      return runReason(run, holder) ?? taskReason(run, record);
    case 'running':
    case 'verifying':
    case 'completed':
    case 'cancelled':
      return null;
    default:
      return unreachable(state);
  }
}

/** Why a task without a current run is not running. */
export function notStartedReason(
  { status }: Pick<Task, 'status'>,
  { blockers, live, allowed }: { blockers: readonly Blocker[]; live: boolean; allowed: boolean },
): string | null {
  switch (status.status) {
    case 'completed':
    case 'cancelled':
      return null;
    case 'in_progress':
      return t('The plan marks it {0}: someone else is working on it.', quoted(status.word));
    case 'blocked':
    case 'pending':
    case 'failed':
      if (!status.launchable) {
        return t('The plan marks it {0}: no run starts such a task.', quoted(status.word));
      }
      if (blockers.length > 0) {
        return blockedReason(blockers);
      }
      if (live) {
        return t('It came into the plan after the run had begun, so the next run does it.');
      }
      return allowed
        ? t('Its group is not running.')
        : t('This folder is in Restricted Mode, where nothing runs.');
    default:
      return unreachable(status.status);
  }
}

/** The reason that keeps all tasks of a run from starting. */
function runReason(run: RunState, { holder, name, suspended }: Holder): string | null {
  if (suspended !== null) {
    return t('The run does not go on: {0}', sentence(suspended));
  }
  if (holder === 'nobody') {
    return t('No process coordinates its run: resume the run.');
  }
  if (run.cancelled) {
    return t('The run is being stopped.');
  }
  const elsewhere = holder === 'other' && name !== null ? ` in ${name}` : '';
  switch (run.phase) {
    case null:
    case 'pre_execution':
      return run.suites.refresh.state.kind === 'ended'
        ? t('The run{0} first runs the tests as they are before any change.', elsewhere)
        : t('The run{0} first refreshes the context.', elsewhere);
    case 'post_execution':
      return t('The run only validates what was done, so the next run does it.');
    case 'concurrent_execution':
    case 'coordination':
      return null;
    default:
      return unreachable(run.phase);
  }
}

function taskReason(run: RunState, record: TaskRecord): string {
  const { state } = record;
  if (state.kind === 'held') {
    const at = clock(state.until);
    return state.why === 'throttled'
      ? t('Its provider told it to wait: it goes on at {0}.', at)
      : t('Its last attempt failed, so it is tried again at {0}.', at);
  }
  if (state.kind === 'waiting') {
    const open = record.dependencies.filter((dependency) => dependency.state.kind !== 'completed');
    return t(
      'It depends on {0}, which {1} not done yet.',
      listed(open.map(({ planned }) => planned.id)),
      open.length === 1 ? 'is' : 'are',
    );
  }
  return (
    approvalReason(run, record) ??
    lockReason(record) ??
    (run.policy.launchPaused === null
      ? null
      : t('Nothing is launched just now: {0}.', run.policy.launchPaused)) ??
    agentReason(run, record, ['breaker', 'throttled']) ??
    capacityReason(run) ??
    agentReason(run, record, ['window', 'agent']) ??
    t('It is the next to start, or waits for tasks that are more urgent.')
  );
}

function approvalReason({ plan, policy }: RunState, record: TaskRecord): string | null {
  if (!plan.approveEachTask || record.approval === 'allowed') {
    return null;
  }
  return policy.asked.has(record)
    ? t('It waits for your approval.')
    : t('It waits for your approval, which is asked for as soon as there is a place for it.');
}

function lockReason(record: TaskRecord): string | null {
  const blocked = blockedRequest(record);
  if (blocked === undefined) {
    return null;
  }
  const { live, path } = blocked.lock;
  const ids = listed(Array.from(live, ({ planned }) => planned.id));
  return path === null
    ? t('It must not run at the same time as {0}: their source says that they conflict.', ids)
    : t('It must not run at the same time as {0}: both name something in {1}.', ids, path);
}

/** Reasons of the given kinds. A full window that is as wide as the run is reported as the run's limit instead. */
function agentReason(
  run: RunState,
  record: TaskRecord,
  kinds: readonly Unavailability['kind'][],
): string | null {
  const agent = agentOf(record)?.agent;
  const unavailability = agent === undefined ? null : unavailabilityOf(run, agent);
  return unavailability === null || !kinds.includes(unavailability.kind)
    ? null
    : unavailabilityReason(unavailability);
}

function unavailabilityReason(unavailability: Unavailability): string {
  switch (unavailability.kind) {
    case 'breaker':
      return unavailability.until === null
        ? t('{0} failed too often in a row, and one task is trying it out.', unavailability.agent)
        : t(
            '{0} failed too often in a row: it is tried again at {1}.',
            unavailability.agent,
            clock(unavailability.until),
          );
    case 'throttled':
      return t(
        '{0} told us to wait: nothing is asked of it before {1}.',
        unavailability.provider,
        clock(unavailability.until),
      );
    case 'window':
      return t(
        '{0} was at its limit, so just now it gets no more than {1} at once.',
        unavailability.provider,
        attempts(unavailability.limit),
      );
    case 'agent':
      return t(
        '{0} may have no more than {1} at once.',
        unavailability.agent,
        attempts(unavailability.limit),
      );
    default:
      return unreachable(unavailability);
  }
}

/** The limit that prevents one more attempt; `null`: none does. */
function capacityReason(run: RunState): string | null {
  const { plan, policy, live, held } = run;
  if (plan.sequential && (live > 0 || held.size > 0)) {
    return t('These tasks run one after the other, and {0} is not over yet.', busyTask(run));
  }
  if (live >= plan.maxConcurrent) {
    return plan.maxConcurrent === 1
      ? t('The run has reached its limit of 1 parallel attempt.')
      : t('The run has reached its limit of {0} parallel attempts.', plan.maxConcurrent);
  }
  return policy.quota !== null && live >= policy.quota
    ? t("This window's limit is used up by other runs.")
    : null;
}

const busyTasks = new WeakMap<RunState, { readonly seq: number; readonly id: string }>();

/** In a large sequential run nearly all tasks wait for the same one: searched once per event. */
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

function blockedReason(by: readonly Blocker[]): string {
  return t('It is blocked by {0}.', listed(by.map(({ id, status }) => `${id} (${status})`)));
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

/** Local time of day, `hh:mm:ss`. */
function clock(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
