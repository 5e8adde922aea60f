import type { Task } from '../task.ts';
import { asTaskKey, type TaskId, type TaskKey } from '../../shared/ids.ts';

/** What a task's reference to another one leads to. */
export interface Found {
  /** `null`: nothing, or several tasks (`ambiguous`). */
  readonly key: TaskKey | null;
  /** As it stands in the source. */
  readonly written: string;
  readonly ambiguous: boolean;
}

/**
 * Readers take every reference for one to their own source. Where there is no such task, what was written is looked up
 * as a key (`plans/api.md#T3`), then as an id that exactly one other source has.
 */
export function taskFinder(
  tasks: ReadonlyMap<TaskKey, Task>,
): (key: TaskKey, from: Pick<Task, 'source'>) => Found {
  let shortIds: ReadonlyMap<string, TaskKey | null> | undefined;
  return (key, from) => {
    const written = withoutSource(key, from);
    if (tasks.has(key)) return { key, written, ambiguous: false };
    const asKey = asTaskKey(written);
    if (tasks.has(asKey)) return { key: asKey, written, ambiguous: false };
    shortIds ??= byShortId(tasks.values());
    const elsewhere = shortIds.get(written);
    return { key: elsewhere ?? null, written, ambiguous: elsewhere === null };
  };
}

/** `null`: several sources have a task with this id. */
function byShortId(tasks: Iterable<Task>): ReadonlyMap<string, TaskKey | null> {
  const found = new Map<TaskId, TaskKey | null>();
  for (const { id, key } of tasks) found.set(id, found.has(id) ? null : key);
  return found;
}

function withoutSource(key: TaskKey, task: Pick<Task, 'source'>): string {
  const own = `${task.source}#`;
  return key.startsWith(own) ? key.slice(own.length) : key;
}
