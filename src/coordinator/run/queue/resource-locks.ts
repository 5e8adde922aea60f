import type { AgentId, TaskKey } from '../../../shared/ids.ts';
import type { RunSpec } from '../../schema/run-spec.ts';
import { ReadyQueue } from '../state/ready-queue.ts';
import type { LockRequest, ResourceLock, RunState, TaskRecord } from '../state/state.ts';
import { compareReady, readyQueue } from './ready-tasks.ts';

/**
 * Resource locks keep tasks apart that must not run at the same time. Ready tasks queue with their agent, whether their
 * locks are free or not. When a task at the head of that queue finds a lock held, `parkBlockedHeads` moves it to the
 * lock's wait queue, so that it blocks no other task. When the lock is released, the first task of each wait queue
 * returns to its agent's queue; when it leaves that queue for any reason and the lock is still free, the next one
 * follows. So the head of every queue is the first of all tasks that may start, and an event moves a few tasks, not all
 * waiting ones.
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
    const waitQueues = { exclusive: new Map(), shared: new Map() };
    const lock: ResourceLock = { path, live: new Set(), heldExclusively: false, waitQueues };
    const shared = new Set(inside);
    for (const record of records) {
      record.lockRequests.push({ lock, exclusive: !shared.has(record.planned.key) });
    }
    return [lock];
  });
}

/** The first lock request of a task that cannot be granted now. */
export function blockedRequest({ lockRequests }: TaskRecord): LockRequest | undefined {
  return lockRequests.find((request) => !isGrantable(request));
}

function isGrantable({ lock, exclusive }: LockRequest): boolean {
  return lock.live.size === 0 || (!exclusive && !lock.heldExclusively);
}

/** A task starts. */
export function acquireLocks(record: TaskRecord): void {
  for (const { lock, exclusive } of record.lockRequests) {
    lock.live.add(record);
    lock.heldExclusively ||= exclusive;
  }
}

/** A task has ended, or waits for another attempt. */
export function releaseLocks(run: RunState, record: TaskRecord): void {
  for (const { lock } of record.lockRequests) {
    lock.live.delete(record);
    if (lock.live.size > 0) {
      continue;
    }
    lock.heldExclusively = false;
    for (const exclusive of [true, false]) {
      for (const agent of waitQueuesOf(lock, exclusive).keys()) {
        wakeNext(run, { lock, exclusive }, agent);
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

/** Parks blocked tasks; afterwards the head of every queue may start. */
export function parkBlockedHeads(run: RunState): void {
  for (const [agent, queue] of run.ready) {
    for (let first = queue.peek(); first !== undefined; first = queue.peek()) {
      const blocked = blockedRequest(first);
      if (blocked === undefined) {
        break;
      }
      dequeue(run, first);
      first.waitQueue = waitQueueOf(run, blocked, agent);
      first.waitQueue.add(first);
    }
  }
}

/** Returns the first task of a wait queue to its agent's queue, on behalf of all behind it. */
function wakeNext(run: RunState, request: LockRequest, agent: AgentId): void {
  const queue = waitQueuesOf(request.lock, request.exclusive).get(agent);
  const first = isGrantable(request) ? queue?.peek() : undefined;
  if (first !== undefined) {
    queue?.remove(first);
    first.waitQueue = null;
    first.wokenBy = request;
    readyQueue(run, first)?.add(first);
  }
}

function waitQueuesOf(
  { waitQueues }: ResourceLock,
  exclusive: boolean,
): ResourceLock['waitQueues']['exclusive'] {
  return exclusive ? waitQueues.exclusive : waitQueues.shared;
}

function waitQueueOf(
  run: RunState,
  { lock, exclusive }: LockRequest,
  agent: AgentId,
): ReadyQueue<TaskRecord> {
  const queues = waitQueuesOf(lock, exclusive);
  let queue = queues.get(agent);
  if (queue === undefined) {
    queue = new ReadyQueue(compareReady(run));
    queues.set(agent, queue);
  }
  return queue;
}
