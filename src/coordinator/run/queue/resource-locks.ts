import type { AgentId, TaskKey } from '../../../shared/ids.ts';
import type { RunSpec } from '../../schema/run-spec.ts';
import { ReadyQueue } from '../state/ready-queue.ts';
import type { LockRequest, ResourceLock, RunState, TaskRecord } from '../state/state.ts';
import { compareReady, readyQueue } from './ready-tasks.ts';

/**
 * Tasks that must not run at the same time share a lane. A ready task queues with its agent whether its lanes are open
 * or not; one that comes to the head of that queue and finds a lane closed is parked in a line before it (`parkHeads`),
 * so that it holds up nobody. When a lane opens, the first of each of its lines goes back to the queue for all that are
 * behind it; when it leaves the queue, whatever for, and the lane is still open, the next one follows. So the head of
 * every queue is the first of all tasks that may start, and an event moves a few tasks, not all that wait.
 */
export function createLocks(
  { mutexes }: RunSpec,
  tasks: ReadonlyMap<TaskKey, TaskRecord>,
  takesPart: (record: TaskRecord) => boolean,
): ResourceLock[] {
  return mutexes.flatMap(({ path, tasks: keys, inside }) => {
    const records = [...new Set(keys)].flatMap((key) => tasks.get(key) ?? []).filter(takesPart);
    if (records.length < 2) {
      return [];
    }
    const lines = { exclusive: new Map(), shared: new Map() };
    const lane: ResourceLock = { path, live: new Set(), heldExclusively: false, waitQueues: lines };
    const sharing = new Set(inside);
    for (const record of records) {
      record.lockRequests.push({ lock: lane, exclusive: !sharing.has(record.planned.key) });
    }
    return [lane];
  });
}

/** Why a task may not start now: a lane that is not open to it. */
export function closedRequest({ lockRequests }: TaskRecord): LockRequest | undefined {
  return lockRequests.find((stake) => !isOpen(stake));
}

function isOpen({ lock, exclusive }: LockRequest): boolean {
  return lock.live.size === 0 || (!exclusive && !lock.heldExclusively);
}

/** A task starts. */
export function acquireLocks(record: TaskRecord): void {
  for (const { lock, exclusive } of record.lockRequests) {
    lock.live.add(record);
    lock.heldExclusively ||= exclusive;
  }
}

/** A task is over, or waits for another attempt. */
export function releaseLocks(run: RunState, record: TaskRecord): void {
  for (const { lock } of record.lockRequests) {
    lock.live.delete(record);
    if (lock.live.size > 0) {
      continue;
    }
    lock.heldExclusively = false;
    for (const alone of [true, false]) {
      for (const agent of waitQueuesOf(lock, alone).keys()) {
        wakeNext(run, { lock, exclusive: alone }, agent);
      }
    }
  }
}

/** A task becomes ready. */
export function enqueue(run: RunState, record: TaskRecord): void {
  readyQueue(run, record)?.add(record);
}

/** A ready task starts, or never will. */
export function dequeue(run: RunState, record: TaskRecord): void {
  const { waitQueue, wokenBy } = record;
  (waitQueue ?? readyQueue(run, record))?.remove(record);
  record.waitQueue = null;
  record.wokenBy = null;
  const agent = record.planned.agents[record.choice]?.agent;
  if (wokenBy !== null && agent !== undefined) {
    wakeNext(run, wokenBy, agent);
  }
}

/** Afterwards the head of every queue may start. */
export function parkBlockedHeads(run: RunState): void {
  for (const [agent, queue] of run.ready) {
    for (let first = queue.peek(); first !== undefined; first = queue.peek()) {
      const closed = closedRequest(first);
      if (closed === undefined) {
        break;
      }
      dequeue(run, first);
      first.waitQueue = waitQueueOf(run, closed, agent);
      first.waitQueue.add(first);
    }
  }
}

/** The first of a line goes back to its agent's queue, on behalf of all that are behind it. */
function wakeNext(run: RunState, stake: LockRequest, agent: AgentId): void {
  const line = waitQueuesOf(stake.lock, stake.exclusive).get(agent);
  const first = isOpen(stake) ? line?.peek() : undefined;
  if (first !== undefined) {
    line?.remove(first);
    first.waitQueue = null;
    first.wokenBy = stake;
    readyQueue(run, first)?.add(first);
  }
}

function waitQueuesOf(
  { waitQueues }: ResourceLock,
  alone: boolean,
): ResourceLock['waitQueues']['exclusive'] {
  return alone ? waitQueues.exclusive : waitQueues.shared;
}

function waitQueueOf(
  run: RunState,
  { lock, exclusive }: LockRequest,
  agent: AgentId,
): ReadyQueue<TaskRecord> {
  const lines = waitQueuesOf(lock, exclusive);
  let line = lines.get(agent);
  if (line === undefined) {
    line = new ReadyQueue(compareReady(run));
    lines.set(agent, line);
  }
  return line;
}
