import { type Conflict, forecast } from '../../coordinator/plan/conflicts/forecast.ts';
import type { Mutex } from '../../coordinator/schema/run-spec.ts';
import type { Group, Plan, Task } from '../../coordinator/schema/task.ts';
import type { ConflictChoice } from '../contract/conflict-choice.ts';

/** Where the tasks of a group that may still be launched collide. */
export function forecastOf(group: Group, plan: Plan): readonly Conflict[] {
  return forecast({ ...group, tasks: launchableOf(group) }, plan.tasks);
}

/** What a run keeps apart: tasks whose source says that they conflict, always, and those of the forecast if chosen. */
export function freezeMutexes(group: Group, plan: Plan, conflicts: ConflictChoice): Mutex[] {
  const foreseen = conflicts === 'apart' ? forecastOf(group, plan) : [];
  return [
    ...declared(launchableOf(group)),
    ...foreseen.map(({ path, tasks, inside }) => ({
      path,
      tasks: [...tasks],
      inside: [...inside],
    })),
  ];
}

function launchableOf({ tasks }: Group): Task[] {
  return tasks.filter(({ status }) => status.launchable);
}

/** One for every two tasks of which one names the other, or each does. */
function declared(tasks: readonly Task[]): Mutex[] {
  const places = new Map(tasks.map(({ key }, place) => [key, place]));
  return tasks.flatMap(({ key, conflictsWith }, place) =>
    conflictsWith.flatMap((other): Mutex[] => {
      const otherPlace = places.get(other);
      const twice = otherPlace !== undefined && tasks[otherPlace]?.conflictsWith.includes(key);
      return otherPlace === undefined || (twice === true && otherPlace < place)
        ? []
        : [{ path: null, tasks: [key, other], inside: [] }];
    }),
  );
}
