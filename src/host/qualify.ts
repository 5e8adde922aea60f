import { asGroupKey, asSourceId, asTaskKey, type TaskKey } from '../shared/ids.ts';
import type { GroupView, Place, TaskView } from '../shared/views.ts';

/**
 * A group as a window with several folders shows it: sources, keys and paths begin with the folder's name, so that two
 * folders may have a `tasks.md` each. `prefix`: `''` in a window with one folder, which changes nothing.
 */
export function qualifyGroup(group: GroupView, prefix: string): GroupView {
  if (prefix === '') {
    return group;
  }
  const key = (task: TaskKey): TaskKey => asTaskKey(prefix + task);
  return {
    ...group,
    key: asGroupKey(prefix + group.key),
    source: asSourceId(prefix + group.source),
    tasks: group.tasks.map((task) => qualifyTask(task, prefix)),
    waves: group.waves.map((wave) => wave.map(key)),
    problems: group.problems.map((problem) =>
      problem.place === null ? problem : { ...problem, place: placed(problem.place, prefix) },
    ),
  };
}

function qualifyTask(task: TaskView, prefix: string): TaskView {
  const qualified = <T extends { readonly key: TaskKey }>(named: T): T => ({
    ...named,
    key: asTaskKey(prefix + named.key),
  });
  return {
    ...qualified(task),
    place: placed(task.place, prefix),
    dependencies: task.dependencies.map(qualified),
    blockedBy: task.blockedBy.map(qualified),
  };
}

function placed(place: Place, prefix: string): Place {
  return { ...place, file: prefix + place.file };
}
