import { ReadyQueue } from '../../../src/coordinator/run/state/ready-queue.ts';
import type { RunState, TaskRecord } from '../../../src/coordinator/run/state/state.ts';

/**
 * Returns the whole state as text, including every index, so that two states can be compared. It includes all fields,
 * so also those that the state gets later. Queues are in the order in which they hand out.
 */
export function projectState(run: RunState): string {
  const { plan, order, ...rest } = run;
  // A revision only says which records to look at again.
  const records = order.map(({ planned, revision: _, ...record }) => ({
    key: planned.key,
    ...record,
  }));
  return JSON.stringify({ run: plan.run, records, ...rest }, plain, 1);
}

function plain(_name: string, value: unknown): unknown {
  if (value instanceof ReadyQueue) {
    return drained(value);
  }
  if (value instanceof Map) {
    return [...value.entries()];
  }
  if (value instanceof Set) {
    return [...value];
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return String(value);
  }
  return isRecord(value) ? value.planned.key : value;
}

function isRecord(value: unknown): value is TaskRecord {
  return typeof value === 'object' && value !== null && 'planned' in value && 'dependents' in value;
}

/** Returns the items in the order in which they leave the queue; puts them back afterwards. */
export function drained<T>(queue: ReadyQueue<T>): T[] {
  const items: T[] = [];
  for (let first = queue.peek(); first !== undefined; first = queue.peek()) {
    items.push(first);
    queue.remove(first);
  }
  for (const item of items) {
    queue.add(item);
  }
  return items;
}
