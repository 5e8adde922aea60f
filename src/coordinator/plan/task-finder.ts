import { asTaskKey, type TaskId, type TaskKey } from '../../shared/ids.ts';
import type { Task } from '../schema/task.ts';

/** A resolved reference to another task. */
export interface Found {
  /** `null`: no task, or several (`ambiguous`). */
  readonly key: TaskKey | null;
  /** As written in the source. */
  readonly written: string;
  readonly ambiguous: boolean;
}

/**
 * Readers assume that a reference is to their own source. If there is no such task, the reference is looked up as a
 * number of the same source (`1` for `001`), as a key (`plans/api.md#T3`), then as an id that exactly one other source
 * has.
 */
export function taskFinder(
  tasks: ReadonlyMap<TaskKey, Task>,
): (key: TaskKey, from: Pick<Task, 'source'>) => Found {
  let numbers: ReadonlyMap<string, TaskKey> | undefined;
  let shortIds: ReadonlyMap<string, TaskKey | null> | undefined;
  return (key, from) => {
    const written = withoutSource(key, from);
    if (tasks.has(key)) {
      return { key, written, ambiguous: false };
    }
    numbers ??= byNumber(tasks.values());
    const sameNumber = numbers.get(numberKey(from, written) ?? '');
    if (sameNumber !== undefined) {
      return { key: sameNumber, written, ambiguous: false };
    }
    const asKey = asTaskKey(written);
    if (tasks.has(asKey)) {
      return { key: asKey, written, ambiguous: false };
    }
    shortIds ??= byShortId(tasks.values());
    const elsewhere = shortIds.get(written);
    return { key: elsewhere ?? null, written, ambiguous: elsewhere === null };
  };
}

/** `null`: several sources have a task with this id. */
function byShortId(tasks: Iterable<Task>): ReadonlyMap<string, TaskKey | null> {
  const found = new Map<TaskId, TaskKey | null>();
  for (const { id, key } of tasks) {
    found.set(id, found.has(id) ? null : key);
  }
  return found;
}

/** Numeric ids without leading zeros; of two that differ only in those, the first. */
function byNumber(tasks: Iterable<Task>): ReadonlyMap<string, TaskKey> {
  const found = new Map<string, TaskKey>();
  for (const task of tasks) {
    const number = numberKey(task, task.id);
    if (number !== null && !found.has(number)) {
      found.set(number, task.key);
    }
  }
  return found;
}

function numberKey({ source }: Pick<Task, 'source'>, id: string): string | null {
  const digits = /^0*(\d{1,15})$/.exec(id)?.[1];
  return digits === undefined ? null : `${source}#${digits}`;
}

function withoutSource(key: TaskKey, task: Pick<Task, 'source'>): string {
  const own = `${task.source}#`;
  return key.startsWith(own) ? key.slice(own.length) : key;
}
