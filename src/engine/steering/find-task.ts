import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import type { GroupView, TaskView } from '../../shared/view-models/group-views.ts';

/** A task and its record in the newest run of its group. */
export interface FoundTask {
  readonly group: GroupKey;
  readonly view: TaskView;
  readonly record: TaskRecord;
}

/** The groups to search, such as a workspace. */
export interface Groups {
  groups(): readonly GroupView[];
  readonly runs: { newestOf(key: GroupKey): { readonly state: RunState } | null };
}

/** Finds a task that its group's newest run launched; else `null`. */
export function findTask(workspace: Groups, key: TaskKey): FoundTask | null {
  for (const { key: group, tasks } of workspace.groups()) {
    const view = tasks.find((each) => each.key === key);
    const run = view === undefined ? null : workspace.runs.newestOf(group);
    const record = run?.state.tasks.get(key);
    if (view !== undefined && record !== undefined && record.attempt > 0) {
      return { group, view, record };
    }
  }
  return null;
}
