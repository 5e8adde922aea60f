import type { TaskRecord } from '../../coordinator/run/state.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import type { TaskView } from '../../shared/views.ts';
import type { Workspace } from '../workspace.ts';

/** A task with its part in the newest run of its group. */
export interface FoundTask {
  readonly group: GroupKey;
  readonly view: TaskView;
  readonly record: TaskRecord;
}

/** The task of a workspace, where its group's newest run launched it; else `null`. */
export function findTask(
  workspace: Pick<Workspace, 'groups' | 'newestRun'>,
  key: TaskKey,
): FoundTask | null {
  for (const { key: group, tasks } of workspace.groups()) {
    const view = tasks.find((each) => each.key === key);
    const run = view === undefined ? null : workspace.newestRun(group);
    const record = run?.state.tasks.get(key);
    if (view !== undefined && record !== undefined && record.attempt > 0) {
      return { group, view, record };
    }
  }
  return null;
}
