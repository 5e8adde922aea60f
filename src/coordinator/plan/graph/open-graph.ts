import type { TaskKey } from '../../../shared/ids.ts';
import type { Task } from '../../schema/task.ts';
import { satisfies } from './source-status.ts';
import { graphWithin } from './waves.ts';

/** Unfinished tasks and the dependencies between them. */
export interface OpenGraph {
  /** Dependencies before dependents; members of cycles, and tasks that wait for them, come last. */
  readonly order: readonly Task[];
  readonly places: ReadonlyMap<TaskKey, number>;
  readonly edges: number;
}

/**
 * These tasks and all their direct and transitive open dependencies. Finished tasks are left out: they hold nothing
 * back.
 */
export function openGraph(
  members: readonly TaskKey[],
  tasks: ReadonlyMap<TaskKey, Task>,
): OpenGraph {
  const reached = new Map<TaskKey, Task>();
  const reach = (keys: readonly TaskKey[]): void => {
    for (const key of keys) {
      const task = tasks.get(key);
      if (task !== undefined && !satisfies(task.status)) {
        reached.set(key, task);
      }
    }
  };
  reach(members);
  // Iteration includes entries that are added meanwhile.
  for (const { dependencies } of reached.values()) {
    reach(dependencies);
  }
  const { order, edges } = inOrder([...reached.values()]);
  return { order, places: new Map(order.map(({ key }, place) => [key, place])), edges };
}

function inOrder(tasks: readonly Task[]): Pick<OpenGraph, 'order' | 'edges'> {
  const { waiting, dependents } = graphWithin(tasks);
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const order = tasks.filter(({ key }) => waiting.get(key) === 0);
  let edges = 0;
  for (const { key } of order) {
    for (const dependent of dependents.get(key) ?? []) {
      const left = (waiting.get(dependent) ?? 0) - 1;
      waiting.set(dependent, left);
      edges += 1;
      const task = byKey.get(dependent);
      if (left === 0 && task !== undefined) {
        order.push(task);
      }
    }
  }
  const ordered = new Set(order);
  return { order: [...order, ...tasks.filter((task) => !ordered.has(task))], edges };
}
