import { type Conflict, forecast } from '../../coordinator/plan/conflicts/forecast.ts';
import type { Mutex } from '../../coordinator/schema/run-spec.ts';
import type { Group, Plan, Task } from '../../coordinator/schema/task.ts';
import type { ConflictChoice } from '../contract/conflict-choice.ts';

/** Returns the forecast conflicts between the tasks of a group that can still be launched. */
export function forecastOf(group: Group, plan: Plan): readonly Conflict[] {
  return forecast({ ...group, tasks: launchableOf(group) }, plan.tasks);
}

/** Returns a run's mutexes: those of conflicts that sources declare, always, and those of the forecast if chosen. */
export function freezeMutexes(group: Group, plan: Plan, conflicts: ConflictChoice): Mutex[] {
  const forecasted = conflicts === 'apart' ? forecastOf(group, plan) : [];
  return [
    ...declaredMutexes(launchableOf(group)),
    ...forecasted.map(({ path, tasks, inside }) => ({
      path,
      tasks: [...tasks],
      inside: [...inside],
    })),
  ];
}

function launchableOf({ tasks }: Group): Task[] {
  return tasks.filter(({ status }) => status.launchable);
}

/** Returns one mutex for each pair of tasks of which one names the other, or both do. */
function declaredMutexes(tasks: readonly Task[]): Mutex[] {
  const places = new Map(tasks.map(({ key }, place) => [key, place]));
  return tasks.flatMap(({ key, conflictsWith }, place) =>
    conflictsWith.flatMap((other): Mutex[] => {
      const otherPlace = places.get(other);
      const isMutual = otherPlace !== undefined && tasks[otherPlace]?.conflictsWith.includes(key);
      return otherPlace === undefined || (isMutual === true && otherPlace < place)
        ? []
        : [{ path: null, tasks: [key, other], inside: [] }];
    }),
  );
}
