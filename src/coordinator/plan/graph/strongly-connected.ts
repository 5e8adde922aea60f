import type { TaskKey } from '../../../shared/ids.ts';

/** The part of a task that the graph algorithms need. */
export interface Dependent {
  readonly key: TaskKey;
  readonly dependencies: readonly TaskKey[];
}

interface Visit {
  readonly task: Dependent;
  readonly index: number;
  /** The lowest reachable index that is still open. */
  low: number;
  /** Number of dependencies visited. */
  next: number;
  open: boolean;
}

/**
 * The strongly connected components that are cycles: more than one task, or one that depends on itself. Each is in the
 * order of `tasks`, and they are ordered by their first task. Tarjan's algorithm without recursion, because a chain of
 * 100,000 tasks is deeper than the stack; linear.
 */
export function stronglyConnected(
  tasks: ReadonlyMap<TaskKey, Dependent>,
): readonly (readonly TaskKey[])[] {
  const visits = new Map<TaskKey, Visit>();
  const open: Visit[] = [];
  const knots: TaskKey[][] = [];

  const enter = (task: Dependent, path: Visit[]) => {
    const index = visits.size;
    const visit: Visit = { task, index, low: index, next: 0, open: true };
    visits.set(task.key, visit);
    open.push(visit);
    path.push(visit);
  };

  const leave = (visit: Visit, path: Visit[]) => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) {
      parent.low = Math.min(parent.low, visit.low);
    }
    if (visit.low !== visit.index) {
      return;
    }
    const members = open.splice(open.lastIndexOf(visit));
    for (const member of members) {
      member.open = false;
    }
    if (members.length > 1 || visit.task.dependencies.includes(visit.task.key)) {
      knots.push(members.map((member) => member.task.key));
    }
  };

  for (const root of tasks.values()) {
    if (visits.has(root.key)) {
      continue;
    }
    const path: Visit[] = [];
    enter(root, path);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const key = visit.task.dependencies[visit.next];
      if (key === undefined) {
        leave(visit, path);
        continue;
      }
      visit.next += 1;
      const dependency = tasks.get(key);
      const seen = visits.get(key);
      if (seen?.open === true) {
        visit.low = Math.min(visit.low, seen.index);
      } else if (seen === undefined && dependency !== undefined) {
        enter(dependency, path);
      }
    }
  }
  return inTaskOrder(knots, tasks);
}

function inTaskOrder(
  knots: readonly TaskKey[][],
  tasks: ReadonlyMap<TaskKey, Dependent>,
): readonly (readonly TaskKey[])[] {
  if (knots.length === 0) {
    return knots;
  }
  const position = new Map([...tasks.keys()].map((key, index) => [key, index]));
  const at = (key: TaskKey | undefined) => (key === undefined ? 0 : (position.get(key) ?? 0));
  for (const knot of knots) {
    knot.sort((a, b) => at(a) - at(b));
  }
  return knots.toSorted((a, b) => at(a[0]) - at(b[0]));
}
