import { ReadyQueue } from '../state/ready-queue.ts';
import type { RunState, TaskRecord } from '../state/state.ts';

/** The queue of a ready task; `undefined` if no agent can carry it out. */
export function readyQueue(run: RunState, record: TaskRecord): ReadyQueue<TaskRecord> | undefined {
  const agent = record.planned.agents[record.choice]?.agent;
  if (agent === undefined) {
    return undefined;
  }
  let queue = run.ready.get(agent);
  if (queue === undefined) {
    queue = new ReadyQueue(compareReady(run));
    run.ready.set(agent, queue);
  }
  return queue;
}

/** Returns whether ready task `a` precedes `b`. */
export function compareReady({
  plan,
}: Pick<RunState, 'plan'>): (a: TaskRecord, b: TaskRecord) => boolean {
  return plan.sequential ? inSourceOrder : byUrgency;
}

/** Whether `a` precedes `b` in the plan. */
export function inSourceOrder(a: TaskRecord, b: TaskRecord): boolean {
  return a.index < b.index;
}

/** Priority, then the longest remaining path, then source order. */
function byUrgency(a: TaskRecord, b: TaskRecord): boolean {
  if (a.planned.priority !== b.planned.priority) {
    return a.planned.priority < b.planned.priority;
  }
  return a.pathMs === b.pathMs ? a.index < b.index : a.pathMs > b.pathMs;
}
