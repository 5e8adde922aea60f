import type { TaskKey } from '../../../shared/ids.ts';
import type { Dependent } from './strongly-connected.ts';

/**
 * The waves of a group, for display only: a task is one wave after the last of its dependencies within the group. Tasks
 * in a cycle, and those behind one, are in no wave. Each wave is in the order of `tasks`.
 */
export function waves(tasks: readonly Dependent[]): readonly (readonly TaskKey[])[] {
  const numbers = waveNumbers(tasks);
  const found: TaskKey[][] = [];
  for (const { key } of tasks) {
    const number = numbers.get(key);
    if (number !== undefined) {
      (found[number] ??= []).push(key);
    }
  }
  return found;
}

/** The order of a sequential group: one task at a time in source order, but never before its dependencies. */
export function sequentialWaves(tasks: readonly Dependent[]): readonly (readonly TaskKey[])[] {
  const order = new Map(tasks.map((task, index) => [task.key, index]));
  const runnable = waveNumbers(tasks);
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const done = new Set<TaskKey>();
  for (const { key } of tasks) {
    const path = runnable.has(key) ? [key] : [];
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const waiting = (byKey.get(last)?.dependencies ?? [])
        .filter((dependency) => order.has(dependency) && !done.has(dependency))
        .sort((a, b) => (order.get(b) ?? 0) - (order.get(a) ?? 0));
      if (waiting.length === 0) {
        done.add(last);
        path.pop();
      }
      for (const dependency of waiting) {
        path.push(dependency);
      }
    }
  }
  return [...done].map((key) => [key]);
}

/** Kahn's algorithm, level by level. */
function waveNumbers(tasks: readonly Dependent[]): ReadonlyMap<TaskKey, number> {
  const { waiting, dependents } = graphWithin(tasks);
  const numbers = new Map<TaskKey, number>();
  let wave = tasks.map(({ key }) => key).filter((key) => waiting.get(key) === 0);
  for (let number = 0; wave.length > 0; number += 1) {
    const next: TaskKey[] = [];
    for (const key of wave) {
      numbers.set(key, number);
      for (const dependent of dependents.get(key) ?? []) {
        const left = (waiting.get(dependent) ?? 0) - 1;
        waiting.set(dependent, left);
        if (left === 0) {
          next.push(dependent);
        }
      }
    }
    wave = next;
  }
  return numbers;
}

/** For each task the number of its dependencies within the group, and its dependents in the group. */
export function graphWithin(tasks: readonly Dependent[]): {
  waiting: Map<TaskKey, number>;
  dependents: ReadonlyMap<TaskKey, readonly TaskKey[]>;
} {
  const waiting = new Map(tasks.map((task) => [task.key, 0]));
  const dependents = new Map<TaskKey, TaskKey[]>();
  for (const { key, dependencies } of tasks) {
    for (const dependency of new Set(dependencies)) {
      if (!waiting.has(dependency)) {
        continue;
      }
      waiting.set(key, (waiting.get(key) ?? 0) + 1);
      const known = dependents.get(dependency);
      if (known === undefined) {
        dependents.set(dependency, [key]);
      } else {
        known.push(key);
      }
    }
  }
  return { waiting, dependents };
}
