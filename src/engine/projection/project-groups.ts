import { type SubagentChoice, subagentChooser } from '../../coordinator/plan/subagents.ts';
import { GroupProjector } from '../../coordinator/projections/group/group-projector.ts';
import {
  type GroupContext,
  groupDetail,
} from '../../coordinator/projections/group/project-group.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { Group, Plan, Task } from '../../coordinator/schema/task.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { changedPlaces, isSame } from '../../shared/same.ts';
import type { GroupView, TaskView } from '../../shared/view-models/group-views.ts';
import { attemptDirectory } from '../../store/attempts/attempt-directory.ts';
import { runDirectory } from '../../store/directories/run-directory.ts';

/** The state from which the groups of a workspace are projected. */
export interface GroupsContext extends Pick<GroupContext, 'allowed' | 'now'> {
  readonly plan: Plan;
  readonly subagents: Config['subagents'];
  readonly workspaceRoot: string;
  /** A group's newest run. */
  readonly runOf: (group: GroupKey) => GroupContext['run'];
  /** Why a group's newest run cannot be read; `null` if it can. */
  readonly runProblemOf: (group: GroupKey) => string | null;
}

/** A group's last view and everything that it was made from, except the time. */
interface Projected {
  readonly projector: GroupProjector;
  readonly view: GroupView;
  readonly from: readonly unknown[];
  /** Whether one of its tasks shows its remaining wait. */
  readonly waits: boolean;
}

/**
 * Projects all groups of a workspace. Projects a group again only if its plan or run has changed; a view that looks the
 * same keeps its identity, down to the tasks.
 */
export class GroupProjections {
  #projected = new Map<GroupKey, Projected>();
  #subagents: Config['subagents'] | null = null;
  #subagentOf: (task: Task) => SubagentChoice = subagentChooser({});

  /** Returns the views of all groups, in plan order. */
  of(context: GroupsContext): GroupView[] {
    if (this.#subagents !== context.subagents) {
      this.#subagents = context.subagents;
      this.#subagentOf = memoized(subagentChooser(context.subagents));
    }
    const projected = new Map<GroupKey, Projected>();
    for (const group of context.plan.groups) {
      projected.set(group.key, this.#project(group, context));
    }
    this.#projected = projected;
    return Array.from(projected.values(), ({ view }) => view);
  }

  #project(group: Group, context: GroupsContext): Projected {
    const { plan, allowed, now, subagents } = context;
    const run = context.runOf(group.key);
    const problem = context.runProblemOf(group.key);
    const from = [
      group,
      plan,
      subagents,
      allowed,
      // Events change a run's state in place, one at a time.
      run?.state,
      run?.state.seq,
      run?.holder.holder,
      run?.holder.name,
      run?.holder.suspended,
      problem,
    ];
    const before = this.#projected.get(group.key);
    if (before !== undefined && !before.waits && isSameList(before.from, from)) {
      return { ...before, view: atTime(before.view, now) };
    }
    const projector = before?.projector ?? new GroupProjector();
    const projected = projector.project(group, {
      plan,
      allowed,
      now,
      run,
      subagentOf: this.#subagentOf,
      attemptDirectory: attemptDirectoryIn(context.workspaceRoot),
    });
    const view = problem === null ? projected : withRunProblem(projected, problem);
    return { projector, view, from, waits: isWaiting(view.tasks, before) };
  }
}

/** Whether a task shows its remaining wait. If none did before, only changed tasks can. */
function isWaiting(tasks: readonly TaskView[], before: Projected | undefined): boolean {
  if (before === undefined || before.waits) {
    return tasks.some(({ dueAt }) => dueAt !== null);
  }
  const changed = changedPlaces(before.view.tasks, tasks);
  return changed.some((place) => (tasks[place]?.dueAt ?? null) !== null);
}

function withRunProblem(view: GroupView, message: string): GroupView {
  const problem = { severity: 'warning', code: 'unreadable-run', message, place: null } as const;
  return { ...view, problems: [...view.problems, problem] };
}

/** Creates a function that returns the directory of a task's newest attempt (absolute). */
export function attemptDirectoryIn(
  workspaceRoot: string,
): (state: RunState, record: TaskRecord) => string {
  return (state, { planned, attempt }) =>
    attemptDirectory(runDirectory(workspaceRoot, state.plan.run), planned.key, attempt);
}

/** Caches choices, so that the text of each task is searched for keywords only once. */
function memoized(choose: (task: Task) => SubagentChoice): (task: Task) => SubagentChoice {
  const choices = new WeakMap<Task, SubagentChoice>();
  return (task) => {
    const choice = choices.get(task) ?? choose(task);
    choices.set(task, choice);
    return choice;
  };
}

/** Returns the same view with the time of `now` (ms) in its detail. */
export function atTime(view: GroupView, now: number): GroupView {
  const detail = groupDetail(view.counts, view.run, now);
  return detail === view.detail ? view : { ...view, detail };
}

/** Returns the new view, with the previous tasks where they look the same; the previous view if everything does. */
export function reuseUnchanged(before: GroupView, after: GroupView): GroupView {
  const known = new Map(before.tasks.map((task) => [task.key, task]));
  const tasks = after.tasks.map((task): TaskView => {
    const former = known.get(task.key);
    return former !== undefined && isSame(former, task) ? former : task;
  });
  const view = { ...after, tasks };
  return isSame(before, view) ? before : view;
}

function isSameList(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((each, place) => each === after[place]);
}
