import type { Conflict } from '../../coordinator/plan/conflicts/forecast.ts';
import { launchable } from '../../coordinator/projections/group/project-group.ts';
import type { Holder } from '../../coordinator/projections/project-run.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { Group, Plan } from '../../coordinator/schema/task.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { type Result, success } from '../../shared/result.ts';
import { type ConflictChoice } from '../contract/conflict-choice.ts';
import { refuse, unfinished } from '../contract/refusals.ts';
import type { RunRefusal } from '../contract/run-refusal.ts';
import { forecastOf } from './freeze-mutexes.ts';
import { withoutTasks } from './leave-out.ts';
import { unfinishedIn } from './unfinished-tasks.ts';
import { withAgain, type WorkflowPart } from './workflow-part.ts';

/** Options of a run's start. */
export interface RunOptions {
  /** Whether to run only the tasks that the previous run left undone. */
  readonly retry?: boolean;
  /** Tasks to exclude; they block the tasks that depend on them. */
  readonly except?: ReadonlySet<TaskKey>;
  /** The only tasks of the group to run; the others block the tasks that depend on them. */
  readonly only?: ReadonlySet<TaskKey> | undefined;
  /** Whether conflicting tasks of the forecast run one after the other; default: as configured, else they do. */
  readonly conflicts?: ConflictChoice | undefined;
  /** The run's part in a workflow. */
  readonly part?: WorkflowPart | undefined;
}

/** The group to run, the plan without the excluded tasks, and the options of the run. */
export interface ChosenRun {
  readonly group: Group;
  readonly plan: Plan;
  /** The previous run. */
  readonly previous: RunState | null;
  readonly retry: boolean;
  /** `null`: as configured. */
  readonly conflicts: ConflictChoice | null;
  readonly part: WorkflowPart | null;
}

/** Selects the tasks of a group's run, or refuses the run. `known`: the newest run of the group. */
export function chooseRun(
  plan: Plan,
  key: GroupKey,
  { except, only, retry = false, conflicts, part }: RunOptions,
  known: { readonly state: RunState; readonly holder: Holder } | null,
): Result<ChosenRun, RunRefusal> {
  const members = plan.groups.find((each) => each.key === key)?.tasks ?? [];
  const others = only === undefined ? [] : members.filter((task) => !only.has(task.key));
  const notChosen = new Set(others.map((task) => task.key));
  const reopened = withAgain(plan, part?.again ?? new Set());
  const chosen = withoutTasks(withoutTasks(reopened, except ?? new Set()), notChosen, 'not chosen');
  const group = chosen.groups.find((each) => each.key === key);
  if (group === undefined) {
    return refuse('nothing', t('The group is not in the plan any more.'));
  }
  if (known?.state.ended === null) {
    return unfinished(group, known.holder);
  }
  if (launchable(group).length === 0) {
    return refuse('nothing', t('{0} has no task left to run.', group.id));
  }
  const previous = known?.state ?? null;
  return success({
    group,
    plan: chosen,
    previous,
    retry,
    conflicts: conflicts ?? null,
    part: part ?? null,
  });
}

/** Returns the forecast conflicts between the tasks that the run would launch. */
export function forecastOfRun({ group, plan, retry, previous }: ChosenRun): readonly Conflict[] {
  if (!retry || previous === null) {
    return forecastOf(group, plan);
  }
  const unfinishedTasks = unfinishedIn(previous);
  return forecastOf({ ...group, tasks: group.tasks.filter(unfinishedTasks) }, plan);
}
