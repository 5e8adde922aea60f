import type { Folder } from '../../../host/window/folder.ts';
import type { TaskKey } from '../../../shared/ids.ts';
import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';

/** The view models of a task and of its group. */
export interface ViewedTask {
  readonly task: TaskView;
  readonly group: GroupView;
}

const cache = new WeakMap<readonly GroupView[], ReadonlyMap<TaskKey, ViewedTask>>();

/** Returns the current view models of a folder's tasks by their keys in views; all callers share one index. */
export function tasksOf(folder: Pick<Folder, 'groups'>): ReadonlyMap<TaskKey, ViewedTask> {
  const groups = folder.groups();
  const known = cache.get(groups);
  if (known !== undefined) {
    return known;
  }
  const found = new Map(
    groups.flatMap((group) => group.tasks.map((task) => [task.key, { task, group }] as const)),
  );
  cache.set(groups, found);
  return found;
}
