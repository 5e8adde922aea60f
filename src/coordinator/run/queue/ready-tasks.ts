import { ReadyQueue } from '../state/ready-queue.ts';
import type { RunState, TaskRecord } from '../state/state.ts';

/** Where a ready task queues; `undefined` for one that nothing can carry out. */
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

/** Which of two ready tasks goes first. */
export function compareReady({
  plan,
}: Pick<RunState, 'plan'>): (a: TaskRecord, b: TaskRecord) => boolean {
  return plan.sequential ? inSourceOrder : byUrgency;
}

/** Whether `a` stands before `b` in the plan. */
export function inSourceOrder(a: TaskRecord, b: TaskRecord): boolean {
  return a.index < b.index;
}

/** Priority, then the longest remaining path, then the source's order. */
function byUrgency(a: TaskRecord, b: TaskRecord): boolean {
  if (a.planned.priority !== b.planned.priority) {
    return a.planned.priority < b.planned.priority;
  }
  return a.pathMs === b.pathMs ? a.index < b.index : a.pathMs > b.pathMs;
}
