import type { TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { Problem, Task } from '../schema/task.ts';
import { type Found, taskFinder } from './task-finder.ts';

type Find = ReturnType<typeof taskFinder>;

/**
 * Resolves dependencies and conflicts across sources. Unknown references are problems. An unknown dependency stays in
 * the list, because it blocks the task; an unknown conflict is dropped.
 */
export function resolveDependencies(tasks: ReadonlyMap<TaskKey, Task>): {
  tasks: ReadonlyMap<TaskKey, Task>;
  problems: readonly Problem[];
} {
  const find = taskFinder(tasks);
  const resolved = new Map<TaskKey, Task>();
  const problems: Problem[] = [];
  for (const task of tasks.values()) {
    const known = task.dependencies.every((key) => tasks.has(key));
    const dependencies = known ? task.dependencies : dependenciesOf(task, find, problems);
    const conflictsWith =
      task.conflictsWith.length === 0 ? task.conflictsWith : conflictsOf(task, find, problems);
    const changed = !known || conflictsWith !== task.conflictsWith;
    resolved.set(task.key, changed ? { ...task, dependencies, conflictsWith } : task);
  }
  return { tasks: resolved, problems };
}

function dependenciesOf(task: Task, find: Find, problems: Problem[]): readonly TaskKey[] {
  const keys = task.dependencies.map((key) => {
    const found = find(key, task);
    if (found.key === null) {
      problems.push(unknownDependency(task, found));
    }
    return found.key ?? key;
  });
  return [...new Set(keys)];
}

function conflictsOf(task: Task, find: Find, problems: Problem[]): readonly TaskKey[] {
  const keys = new Set<TaskKey>();
  for (const key of task.conflictsWith) {
    const found = find(key, task);
    if (found.key === null) {
      problems.push(unknownConflict(task, found));
    } else {
      keys.add(found.key);
    }
  }
  keys.delete(task.key);
  return [...keys];
}

function unknownDependency(task: Task, { written, ambiguous }: Found): Problem {
  const message = ambiguous
    ? t(
        '“{0}” depends on “{1}”, which several plans have. Write it as <file>#{2}.',
        task.id,
        written,
        written,
      )
    : t(
        '“{0}” depends on “{1}”, but no task has that id. Correct it or remove the dependency; until then the task is held back.',
        task.id,
        written,
      );
  return {
    severity: 'error',
    code: 'unknown-dependency',
    message,
    place: task.place,
    range: null,
    tasks: [task.key],
    written,
  };
}

function unknownConflict(task: Task, { written, ambiguous }: Found): Problem {
  const message = ambiguous
    ? t(
        '“{0}” conflicts with “{1}”, which several plans have. Write it as <file>#{2}; until then nothing keeps them apart.',
        task.id,
        written,
        written,
      )
    : t(
        '“{0}” conflicts with “{1}”, but no task has that id. Correct it or remove it; until then it keeps nothing apart.',
        task.id,
        written,
      );
  return {
    severity: 'warning',
    code: 'unknown-conflict',
    message,
    place: task.place,
    range: null,
    tasks: [task.key],
    written,
  };
}
