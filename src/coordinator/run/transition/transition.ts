import { unreachable } from '../../../shared/unreachable.ts';
import type { Blocker } from '../../../shared/view-models/group-views.ts';
import { beginTrial, endTrial } from '../agents/breaker.ts';
import { skipUnavailableAgents } from '../agents/route.ts';
import { awaitApproval, leaveApproval, needsApproval } from '../queue/hold-back.ts';
import { acquireLocks, dequeue, enqueue, releaseLocks } from '../queue/resource-locks.ts';
import type { AgentState } from '../state/agent-state.ts';
import type { RunState, TaskRecord, TaskState } from '../state/state.ts';
import { isTimed } from '../state/time-limit.ts';

/** The agent of this task's next attempt. */
export function agentOf(record: TaskRecord): TaskRecord['planned']['agents'][number] | undefined {
  return record.planned.agents[record.choice];
}

/** The run's state of that agent. */
export function agentStateOf(run: RunState, record: TaskRecord): AgentState | undefined {
  const agent = agentOf(record)?.agent;
  return agent === undefined ? undefined : run.agents.get(agent);
}

/** Number of attempts that started. */
export function launches(record: TaskRecord): number {
  return record.attempt - record.revokedCount;
}

/**
 * Moves a task to a new state and updates every index of the run. `amend` changes the record's own fields while it is
 * in no index.
 */
export function enter(
  run: RunState,
  record: TaskRecord,
  next: TaskState,
  amend?: (record: TaskRecord) => void,
): void {
  const [before, after] = [isLive(record.state), isLive(next)];
  // Before it leaves the queue: the tasks behind it must find the locks held.
  if (after && !before) {
    acquireLocks(record);
  }
  count(run, record, -1);
  unindex(run, record);
  amend?.(record);
  record.state = next;
  record.revision = run.seq;
  index(run, record);
  count(run, record, 1);
  if (before && !after) {
    releaseLocks(run, record);
  }
}

/** Whether a task counts against the limit and holds its locks. */
function isLive({ kind }: TaskState): boolean {
  return kind === 'running' || kind === 'verifying';
}

function count(run: RunState, record: TaskRecord, by: 1 | -1): void {
  const { state } = record;
  switch (state.kind) {
    case 'running':
    case 'verifying':
      run.live += by;
      run.active += by;
      return;
    case 'waiting':
    case 'ready':
    case 'held':
      run.active += by;
      run.unlaunched += launches(record) === 0 ? by : 0;
      return;
    case 'completed':
      run.completed += by;
      run.closing += state.close.kind === 'requested' ? by : 0;
      return;
    case 'excluded':
    case 'blocked':
    case 'failed':
    case 'cancelled':
      return;
    default:
      unreachable(state);
  }
}

/**
 * Removes a task from the index of its state. Touches only that index, and the agent only if it counts: this runs at
 * every event, and in a large run most of the data has left the processor's cache.
 */
function unindex(run: RunState, record: TaskRecord): void {
  if (isTimed(run, record)) {
    run.timed.remove(record);
  }
  switch (record.state.kind) {
    case 'ready':
      leaveApproval(run, record);
      dequeue(run, record);
      return;
    case 'held':
      run.held.remove(record);
      return;
    case 'running':
      run.toCancel.delete(record);
      attemptOver(run, record);
      return;
    case 'verifying':
      run.toVerify.delete(record);
      run.toCancel.delete(record);
      return;
    case 'completed':
      run.toClose.remove(record);
      return;
    case 'waiting':
    case 'excluded':
    case 'blocked':
    case 'failed':
    case 'cancelled':
      return;
    default:
      unreachable(record.state);
  }
}

function index(run: RunState, record: TaskRecord): void {
  const { state } = record;
  if (isTimed(run, record)) {
    run.timed.add(record);
  }
  if (state.kind === 'ready') {
    skipUnavailableAgents(run, record);
    (needsApproval(run, record) ? awaitApproval : enqueue)(run, record);
  } else if (state.kind === 'running') {
    attemptBegins(run, record);
  } else if (state.kind === 'held') {
    run.held.add(record);
  } else if (state.kind === 'verifying' && state.stage === 'wanted') {
    run.toVerify.add(record);
  } else if (state.kind === 'completed' && state.close.kind === 'open') {
    run.toClose.add(record);
  }
}

function attemptBegins(run: RunState, record: TaskRecord): void {
  const state = agentStateOf(run, record);
  if (state !== undefined) {
    state.live += 1;
    state.window.live += 1;
    beginTrial(state.breaker, record.planned.key);
  }
}

function attemptOver(run: RunState, record: TaskRecord): void {
  const state = agentStateOf(run, record);
  if (state !== undefined) {
    state.live -= 1;
    state.window.live -= 1;
    endTrial(state.breaker, record.planned.key);
  }
}

/** Current permanent blockers of a task: dependencies outside the run, and dead dependencies inside. */
function blockersOf(record: TaskRecord): Blocker[] {
  const inside = record.dependencies.flatMap(({ state: { kind }, planned }) => {
    if (kind !== 'failed' && kind !== 'cancelled' && kind !== 'blocked') {
      return [];
    }
    const { key, id } = planned;
    return record.outside.some((blocker) => blocker.key === key) ? [] : [{ key, id, status: kind }];
  });
  return [...record.outside, ...inside];
}

/** Blocks, unblocks or readies a task that has not started, by its dependencies. */
export function settle(run: RunState, record: TaskRecord): void {
  const { kind } = record.state;
  if (kind !== 'waiting' && kind !== 'ready' && kind !== 'held' && kind !== 'blocked') {
    return;
  }
  const by = blockersOf(record);
  if (by.length > 0) {
    enter(run, record, { kind: 'blocked', by });
  } else if (record.unmet > 0) {
    enter(run, record, { kind: 'waiting' });
  } else if (kind !== 'held') {
    enter(run, record, { kind: 'ready' });
  }
}

/**
 * Returns a task to those that have not run. Blockers outside the run that appeared meanwhile block it like a first
 * attempt.
 */
export function requeue(
  run: RunState,
  record: TaskRecord,
  next: Extract<TaskState, { kind: 'ready' | 'held' }>,
  amend: (record: TaskRecord) => void,
): void {
  const by = blockersOf(record);
  if (by.length > 0) {
    enter(run, record, { kind: 'blocked', by }, amend);
    settleDependents(run, record);
  } else {
    // A dependency may have been resumed meanwhile.
    enter(run, record, record.unmet > 0 ? { kind: 'waiting' } : next, amend);
  }
}

/** Propagates a task's new state to its dependents, transitively if they change. */
export function settleDependents(run: RunState, changed: TaskRecord): void {
  const pending = [changed];
  for (let record = pending.pop(); record !== undefined; record = pending.pop()) {
    for (const dependent of record.dependents) {
      const before = dependent.state.kind === 'blocked';
      settle(run, dependent);
      if ((dependent.state.kind === 'blocked') !== before) {
        pending.push(dependent);
      }
    }
  }
}
