import type { Folder } from '../../../host/window/folder.ts';
import type { TaskKey } from '../../../shared/ids.ts';
import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';

/** A task as views show it, with its group. */
export interface ViewedTask {
  readonly task: TaskView;
  readonly group: GroupView;
}

const kept = new WeakMap<readonly GroupView[], ReadonlyMap<TaskKey, ViewedTask>>();

/** Every task of a folder as it is shown now, by its key in views; one index for all who look. */
export function tasksOf(folder: Pick<Folder, 'groups'>): ReadonlyMap<TaskKey, ViewedTask> {
  const groups = folder.groups();
  const known = kept.get(groups);
  if (known !== undefined) {
    return known;
  }
  const found = new Map(
    groups.flatMap((group) => group.tasks.map((task) => [task.key, { task, group }] as const)),
  );
  kept.set(groups, found);
  return found;
}
