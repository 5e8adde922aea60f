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

/** How a run is started. */
export interface RunOptions {
  /** Only what the run before left undone. */
  readonly retry?: boolean;
  /** Tasks that are left alone; what depends on them is blocked by them. */
  readonly except?: ReadonlySet<TaskKey>;
  /** The only tasks of the group that are run; what depends on others is blocked by them. */
  readonly only?: ReadonlySet<TaskKey> | undefined;
  /** Whether tasks of the forecast run one after the other. Where not given, the configuration says it, else they do. */
  readonly conflicts?: ConflictChoice | undefined;
  /** The part of a workflow that the run is. */
  readonly part?: WorkflowPart | undefined;
}

/** The group that is run, the plan around it without what is left out, and how it is run. */
export interface ChosenRun {
  readonly group: Group;
  readonly plan: Plan;
  /** The run before. */
  readonly previous: RunState | null;
  readonly retry: boolean;
  /** `null`: as configured. */
  readonly conflicts: ConflictChoice | null;
  readonly part: WorkflowPart | null;
}

/** What a run of a group would be made of, or why there is none. `known`: the newest run of the group. */
export function chooseRun(
  plan: Plan,
  key: GroupKey,
  { except, only, retry = false, conflicts, part }: RunOptions,
  known: { readonly state: RunState; readonly holder: Holder } | null,
): Result<ChosenRun, RunRefusal> {
  const members = plan.groups.find((each) => each.key === key)?.tasks ?? [];
  const others = only === undefined ? [] : members.filter((task) => !only.has(task.key));
  const notChosen = new Set(others.map((task) => task.key));
  const anew = withAgain(plan, part?.again ?? new Set());
  const whole = withoutTasks(withoutTasks(anew, except ?? new Set()), notChosen, 'not chosen');
  const group = whole.groups.find((each) => each.key === key);
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
    plan: whole,
    previous,
    retry,
    conflicts: conflicts ?? null,
    part: part ?? null,
  });
}

/** Where tasks that the run would launch collide. */
export function forecastOfRun({ group, plan, retry, previous }: ChosenRun): readonly Conflict[] {
  if (!retry || previous === null) {
    return forecastOf(group, plan);
  }
  const unfinishedTasks = unfinishedIn(previous);
  return forecastOf({ ...group, tasks: group.tasks.filter(unfinishedTasks) }, plan);
}
