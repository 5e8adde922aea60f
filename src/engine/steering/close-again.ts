import { satisfies } from '../../coordinator/plan/graph/source-status.ts';
import { recordFinder } from '../../coordinator/projections/group/project-group.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { Group, Plan, Task } from '../../coordinator/schema/task.ts';
import { asTaskId, type GroupKey, type TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { WriteStatus } from '../contract/ports.ts';

/** The plans and runs that show whether a task was proven. */
interface PlansAndRuns {
  readonly plans: { current(): Plan };
  readonly runs: { newestOf(key: GroupKey): { readonly state: RunState } | null };
}

/**
 * Closes a task in its plan if the newest run of its group proved it but could not close it. A running run closes its
 * own tasks, and a task without proof is never closed. The failure is a sentence for a person.
 */
export async function closeInPlan(
  workspace: PlansAndRuns,
  writeStatus: WriteStatus,
  key: TaskKey,
): Promise<Result<void, string>> {
  const found = find(workspace, key);
  if (found === null) {
    return failure(t('The task is not in the plan any more.'));
  }
  const { task, group } = found;
  if (satisfies(task.status)) {
    return success(undefined);
  }
  const run = workspace.runs.newestOf(group.key);
  const record = recordFinder(group, run?.state)(task);
  if (run === null || record === undefined || !couldNotBeClosed(record)) {
    return failure(t('{0} has not been proven by a run, so there is nothing to close.', task.id));
  }
  if (run.state.ended === null) {
    return failure(
      t('A run of {0} is under way. Close {1} when the run is over.', group.id, task.id),
    );
  }
  // Matches the task of the run, even if its plan has changed its key.
  const { fingerprint } = record.planned;
  return writeStatus({ source: task.source, id: asTaskId(task.id), fingerprint }, 'completed');
}

function find(
  workspace: Pick<PlansAndRuns, 'plans'>,
  key: TaskKey,
): { readonly task: Task; readonly group: Group } | null {
  const plan = workspace.plans.current();
  const task = plan.tasks.get(key);
  const group = plan.groups.find(({ tasks }) => tasks.some((each) => each.key === key));
  return task === undefined || group === undefined ? null : { task, group };
}

function couldNotBeClosed({ state }: TaskRecord): boolean {
  return state.kind === 'completed' && state.close.kind === 'problem';
}
