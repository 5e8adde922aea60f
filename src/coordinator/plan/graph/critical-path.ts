import type { TaskKey } from '../../../shared/ids.ts';
import type { Dependent } from './strongly-connected.ts';
import { graphWithin } from './waves.ts';

/**
 * For each task the longest way from its start to the end of the group: its own length plus that of the longest chain
 * of tasks that wait for it. Starting the longest first keeps the whole short. `length` in any one unit (ms), ≥ 0.
 * Tasks in a cycle, and those that a cycle waits for, have what is known without it. Linear.
 */
export function remainingPaths<T extends Dependent>(
  tasks: readonly T[],
  length: (task: T) => number,
): ReadonlyMap<TaskKey, number> {
  const { dependents } = graphWithin(tasks);
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const unsettled = new Map(tasks.map(({ key }) => [key, dependents.get(key)?.length ?? 0]));
  const paths = new Map(tasks.map((task) => [task.key, length(task)]));
  const settled = tasks.filter(({ key }) => unsettled.get(key) === 0);
  for (const task of settled) {
    const behind = paths.get(task.key) ?? 0;
    for (const key of new Set(task.dependencies)) {
      const dependency = byKey.get(key);
      if (dependency === undefined) {
        continue;
      }
      paths.set(key, Math.max(paths.get(key) ?? 0, length(dependency) + behind));
      const left = (unsettled.get(key) ?? 0) - 1;
      unsettled.set(key, left);
      if (left === 0) {
        settled.push(dependency);
      }
    }
  }
  return paths;
}
