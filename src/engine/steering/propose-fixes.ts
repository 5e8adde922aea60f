import { fixTitles, notYetIn } from '../../coordinator/projections/fix-tasks.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import { type GroupKey, SEQUENTIAL, type SourceId } from '../../shared/ids.ts';
import type { NewTasks } from '../../tasks/plan-edits/add-tasks.ts';
import type { PlanStore } from '../../tasks/plans/plan-store.ts';

/** Tasks suggested by the failing suite of a group's newest run, and where to add them. */
export interface FixProposal {
  readonly source: SourceId;
  /** The file that contains the group (relative to the workspace); `null`: a tool stores it. */
  readonly file: string | null;
  readonly tasks: NewTasks;
}

/** Proposes tasks that are not in the group's plan yet; `null` if there are none. */
export function proposeFixes(
  plans: Pick<PlanStore, 'fileOf'>,
  plan: Plan,
  key: GroupKey,
  run: RunState | null,
): FixProposal | null {
  const group = plan.groups.find((each) => each.key === key);
  const last = group?.tasks.at(-1);
  if (group === undefined || last === undefined || run === null) {
    return null;
  }
  const { source, id, inferred, tasks: behind } = group;
  const titles = notYetIn(fixTitles(run), source, plan.tasks.values());
  // A group that is inferred from the plan has no marker for its tasks.
  const marker = id === SEQUENTIAL || inferred ? null : id;
  return titles.length === 0
    ? null
    : { source, file: plans.fileOf(last), tasks: { titles, group: marker, behind } };
}
