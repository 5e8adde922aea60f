import { ReadyQueue } from './ready-queue.ts';
import type { RunState, TaskRecord } from './state.ts';

/** The queue of tasks with a time limit, next due first. */
export function createTimed(): ReadyQueue<TaskRecord> {
  return new ReadyQueue<TaskRecord>((a, b) =>
    a.startedAt === b.startedAt
      ? a.index < b.index
      : (a.startedAt ?? Infinity) < (b.startedAt ?? Infinity),
  );
}

/**
 * Whether a task's time limit is running: from its first launch until its last attempt has ended or is being stopped.
 */
export function isTimed({ plan }: RunState, { state, startedAt }: TaskRecord): boolean {
  if (plan.limits.taskTimeoutMs === null || startedAt === null) {
    return false;
  }
  const { kind } = state;
  return kind === 'ready' || kind === 'held' || (kind === 'running' && state.stage !== 'stopping');
}
