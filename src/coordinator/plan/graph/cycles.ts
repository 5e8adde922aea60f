import type { TaskKey } from '../../../shared/ids.ts';
import { t } from '../../../shared/messages.ts';
import type { Problem, Task } from '../../schema/task.ts';
import { satisfies } from './source-status.ts';
import { stronglyConnected } from './strongly-connected.ts';

/** A longer cycle is abbreviated to its beginning, so that the message stays short. */
const MAX_NAMED = 40;

/**
 * One problem for each strongly connected component of waiting tasks, naming one complete cycle of it. Finished tasks
 * close no cycle.
 */
export function dependencyCycles(tasks: ReadonlyMap<TaskKey, Task>): readonly Problem[] {
  const open = new Map([...tasks].filter(([, task]) => !satisfies(task.status)));
  return stronglyConnected(open).flatMap((knot) => {
    const [first] = knot;
    const start = first === undefined ? undefined : open.get(first);
    return start === undefined ? [] : [problem(start, cycleThrough(start, knot, open), open)];
  });
}

/** The shortest path from `start` along dependencies inside the component back to `start`. */
function cycleThrough(
  start: Task,
  knot: readonly TaskKey[],
  tasks: ReadonlyMap<TaskKey, Task>,
): readonly TaskKey[] {
  const inside = new Set(knot);
  const cameFrom = new Map<TaskKey, TaskKey>();
  const queue: TaskKey[] = [start.key];
  for (const key of queue) {
    for (const next of tasks.get(key)?.dependencies ?? []) {
      if (next === start.key) {
        return [...wayTo(key, start.key, cameFrom), start.key];
      }
      if (!inside.has(next) || cameFrom.has(next)) {
        continue;
      }
      cameFrom.set(next, key);
      queue.push(next);
    }
  }
  return knot;
}

function wayTo(
  end: TaskKey,
  start: TaskKey,
  cameFrom: ReadonlyMap<TaskKey, TaskKey>,
): readonly TaskKey[] {
  const way = [end];
  for (let key = end; key !== start;) {
    key = cameFrom.get(key) ?? start;
    way.push(key);
  }
  return way.reverse();
}

function problem(
  start: Task,
  cycle: readonly TaskKey[],
  tasks: ReadonlyMap<TaskKey, Task>,
): Problem {
  const names = cycle.slice(0, MAX_NAMED).map((key) => nameOf(key, start, tasks));
  const more = cycle.length - names.length;
  const way = names.join(' → ') + (more > 0 ? ` → … (${more} more)` : '');
  const message = t(
    'These tasks wait for one another and can never start: {0}. Remove one of the dependencies.',
    way,
  );
  return {
    severity: 'error',
    code: 'dependency-cycle',
    message,
    place: start.place,
    range: null,
    tasks: [...new Set(cycle)],
  };
}

function nameOf(key: TaskKey, from: Task, tasks: ReadonlyMap<TaskKey, Task>): string {
  const task = tasks.get(key);
  return task?.source === from.source ? task.id : key;
}
