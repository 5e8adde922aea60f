import type { TaskKey } from '../../shared/ids.ts';
import type { Blocker } from '../../shared/view-models/group-views.ts';
import type { Group, Plan, Task } from '../schema/task.ts';
import { satisfies } from './graph/source-status.ts';
import { graphWithin } from './graph/waves.ts';

/**
 * The blockers of each task if its group ran now: unfinished dependencies outside the group, and dependencies inside it
 * that cannot run (not launchable, blocked, or in a cycle). Dependencies that the group can carry out only order it.
 * Tasks without blockers are not in the map. Linear.
 */
export function blockersOf(group: Group, plan: Plan): ReadonlyMap<TaskKey, readonly Blocker[]> {
  const runnable = runnableTasks(group, plan);
  const blockers = new Map<TaskKey, readonly Blocker[]>();
  for (const task of group.tasks) {
    if (!task.status.launchable || runnable.has(task.key)) {
      continue;
    }
    const holding = task.dependencies.filter((key) => !isDone(key, plan) && !runnable.has(key));
    blockers.set(
      task.key,
      holding.map((key) => describe(key, task, plan)),
    );
  }
  return blockers;
}

/** Tasks that the group can carry out: each dependency is done, or runnable in the group as well. */
function runnableTasks(group: Group, plan: Plan): ReadonlySet<TaskKey> {
  const launchable = group.tasks
    .filter((task) => task.status.launchable)
    .map(({ key, dependencies }) => ({
      key,
      dependencies: dependencies.filter((dependency) => !isDone(dependency, plan)),
    }));
  const { waiting, dependents } = graphWithin(launchable);
  // A dependency outside the group is never counted down, so this count does not reach 0.
  for (const { key, dependencies } of launchable) {
    if (dependencies.some((dependency) => !waiting.has(dependency))) {
      waiting.set(key, Infinity);
    }
  }
  const queue = launchable.map(({ key }) => key).filter((key) => waiting.get(key) === 0);
  for (const key of queue) {
    for (const dependent of dependents.get(key) ?? []) {
      const left = (waiting.get(dependent) ?? 0) - 1;
      waiting.set(dependent, left);
      if (left === 0) {
        queue.push(dependent);
      }
    }
  }
  return new Set(queue);
}

function isDone(key: TaskKey, plan: Plan): boolean {
  const task = plan.tasks.get(key);
  return task !== undefined && satisfies(task.status);
}

/** Name of a task relative to another: its short id within a source, its key across sources. */
export function shortName(key: TaskKey, from: Task): string {
  const own = `${from.source}#`;
  return key.startsWith(own) ? key.slice(own.length) : key;
}

function describe(key: TaskKey, from: Task, plan: Plan): Blocker {
  const status = plan.tasks.get(key)?.status.status ?? 'unknown';
  return { key, id: shortName(key, from), status: status.replace('_', ' ') };
}
