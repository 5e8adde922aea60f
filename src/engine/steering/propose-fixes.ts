import { fixTitles, notYetIn } from '../../coordinator/projections/fix-tasks.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import { type GroupKey, SEQUENTIAL, type SourceId } from '../../shared/ids.ts';
import type { NewTasks } from '../../tasks/plan-edits/add-tasks.ts';
import type { PlanStore } from '../../tasks/plans/plan-store.ts';

/** Tasks that the failing suite of a group's newest run suggests, and where they belong. */
export interface FixProposal {
  readonly source: SourceId;
  /** The file that the group stands in (relative to the workspace); `null`: a tool keeps it. */
  readonly file: string | null;
  readonly tasks: NewTasks;
}

/** What is proposed for a group and not in its plan yet; `null`: nothing. */
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
  // A group that follows from the plan's own words has no marker that a task could carry.
  const marker = id === SEQUENTIAL || inferred ? null : id;
  return titles.length === 0
    ? null
    : { source, file: plans.fileOf(last), tasks: { titles, group: marker, behind } };
}
