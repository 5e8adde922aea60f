import type { Problem, Task } from '../task.ts';
import { asTaskKey, type TaskId, type TaskKey } from '../../shared/ids.ts';

/** `null`: several sources have a task with this id. */
type ByShortId = ReadonlyMap<string, TaskKey | null>;

/**
 * Readers take every dependency for one of their own source. Where there is no such task, what was written is looked up
 * as a key (`plans/api.md#T3`), then as an id that exactly one other source has. What stays unknown is a problem, and
 * stays in the list, because it holds the task back.
 */
export function resolveDependencies(tasks: ReadonlyMap<TaskKey, Task>): {
  tasks: ReadonlyMap<TaskKey, Task>;
  problems: readonly Problem[];
} {
  const resolved = new Map<TaskKey, Task>();
  const problems: Problem[] = [];
  let shortIds: ByShortId | undefined;
  for (const task of tasks.values()) {
    if (task.dependencies.every((key) => tasks.has(key))) {
      resolved.set(task.key, task);
      continue;
    }
    shortIds ??= byShortId(tasks.values());
    const dependencies: TaskKey[] = [];
    for (const key of task.dependencies) {
      const found = lookUp(key, task, tasks, shortIds);
      if (found.key === null) problems.push(unknown(task, found.written, found.ambiguous));
      dependencies.push(found.key ?? key);
    }
    resolved.set(task.key, { ...task, dependencies: [...new Set(dependencies)] });
  }
  return { tasks: resolved, problems };
}

interface LookUp {
  readonly key: TaskKey | null;
  readonly written: string;
  readonly ambiguous: boolean;
}

function lookUp(
  key: TaskKey,
  task: Task,
  tasks: ReadonlyMap<TaskKey, Task>,
  shortIds: ByShortId,
): LookUp {
  const written = withoutSource(key, task);
  if (tasks.has(key)) return { key, written, ambiguous: false };
  const asKey = asTaskKey(written);
  if (tasks.has(asKey)) return { key: asKey, written, ambiguous: false };
  const elsewhere = shortIds.get(written);
  return { key: elsewhere ?? null, written, ambiguous: elsewhere === null };
}

function byShortId(tasks: Iterable<Task>): ByShortId {
  const found = new Map<TaskId, TaskKey | null>();
  for (const { id, key } of tasks) found.set(id, found.has(id) ? null : key);
  return found;
}

function withoutSource(key: TaskKey, task: Task): string {
  const own = `${task.source}#`;
  return key.startsWith(own) ? key.slice(own.length) : key;
}

function unknown(task: Task, written: string, ambiguous: boolean): Problem {
  const message = ambiguous
    ? `“${task.id}” depends on “${written}”, which several plans have. Write it as <file>#${written}.`
    : `“${task.id}” depends on “${written}”, but no task has that id. Correct it or remove the dependency; until then the task is held back.`;
  return {
    severity: 'error',
    code: 'unknown-dependency',
    message,
    place: task.place,
    range: null,
  };
}
