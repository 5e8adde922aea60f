import type { RunPlan } from '../../schema/run-spec.ts';
import { compareReady, readyQueue } from './ready-tasks.ts';
import type { Lane, RunState, Stake, TaskRecord } from '../state/state.ts';
import { ReadyQueue } from '../state/ready-queue.ts';
import type { AgentId, TaskKey } from '../../../shared/ids.ts';

/**
 * Tasks that must not run at the same time share a lane. A ready task queues with its agent whether its lanes are open
 * or not; one that comes to the head of that queue and finds a lane closed is parked in a line before it (`parkHeads`),
 * so that it holds up nobody. When a lane opens, the first of each of its lines goes back to the queue for all that are
 * behind it; when it leaves the queue, whatever for, and the lane is still open, the next one follows. So the head of
 * every queue is the first of all tasks that may start, and an event moves a few tasks, not all that wait.
 */
export function createLanes(
  { apart }: RunPlan,
  tasks: ReadonlyMap<TaskKey, TaskRecord>,
  takesPart: (record: TaskRecord) => boolean,
): Lane[] {
  return apart.flatMap(({ path, tasks: keys, inside }) => {
    const records = [...new Set(keys)].flatMap((key) => tasks.get(key) ?? []).filter(takesPart);
    if (records.length < 2) {
      return [];
    }
    const lines = { alone: new Map(), beside: new Map() };
    const lane: Lane = { path, live: new Set(), taken: false, lines };
    const sharing = new Set(inside);
    for (const record of records) {
      record.stakes.push({ lane, alone: !sharing.has(record.planned.key) });
    }
    return [lane];
  });
}

/** Why a task may not start now: a lane that is not open to it. */
export function closedStake({ stakes }: TaskRecord): Stake | undefined {
  return stakes.find((stake) => !isOpen(stake));
}

function isOpen({ lane, alone }: Stake): boolean {
  return lane.live.size === 0 || (!alone && !lane.taken);
}

/** A task starts. */
export function takeLanes(record: TaskRecord): void {
  for (const { lane, alone } of record.stakes) {
    lane.live.add(record);
    lane.taken ||= alone;
  }
}

/** A task is over, or waits for another attempt. */
export function leaveLanes(run: RunState, record: TaskRecord): void {
  for (const { lane } of record.stakes) {
    lane.live.delete(record);
    if (lane.live.size > 0) {
      continue;
    }
    lane.taken = false;
    for (const alone of [true, false]) {
      for (const agent of linesOf(lane, alone).keys()) {
        sendNext(run, { lane, alone }, agent);
      }
    }
  }
}

/** A task becomes ready. */
export function queueUp(run: RunState, record: TaskRecord): void {
  readyQueue(run, record)?.add(record);
}

/** A ready task starts, or never will. */
export function leaveQueue(run: RunState, record: TaskRecord): void {
  const { line, sentFor } = record;
  (line ?? readyQueue(run, record))?.remove(record);
  record.line = null;
  record.sentFor = null;
  const agent = record.planned.agents[record.choice]?.agent;
  if (sentFor !== null && agent !== undefined) {
    sendNext(run, sentFor, agent);
  }
}

/** Afterwards the head of every queue may start. */
export function parkHeads(run: RunState): void {
  for (const [agent, queue] of run.ready) {
    for (let first = queue.peek(); first !== undefined; first = queue.peek()) {
      const closed = closedStake(first);
      if (closed === undefined) {
        break;
      }
      leaveQueue(run, first);
      first.line = lineOf(run, closed, agent);
      first.line.add(first);
    }
  }
}

/** The first of a line goes back to its agent's queue, on behalf of all that are behind it. */
function sendNext(run: RunState, stake: Stake, agent: AgentId): void {
  const line = linesOf(stake.lane, stake.alone).get(agent);
  const first = isOpen(stake) ? line?.peek() : undefined;
  if (first !== undefined) {
    line?.remove(first);
    first.line = null;
    first.sentFor = stake;
    readyQueue(run, first)?.add(first);
  }
}

function linesOf({ lines }: Lane, alone: boolean): Lane['lines']['alone'] {
  return alone ? lines.alone : lines.beside;
}

function lineOf(run: RunState, { lane, alone }: Stake, agent: AgentId): ReadyQueue<TaskRecord> {
  const lines = linesOf(lane, alone);
  let line = lines.get(agent);
  if (line === undefined) {
    line = new ReadyQueue(compareReady(run));
    lines.set(agent, line);
  }
  return line;
}
