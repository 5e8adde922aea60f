import { type SubagentChoice, subagentChooser } from '../../coordinator/plan/subagents.ts';
import {
  type GroupContext,
  groupDetail,
  projectGroup,
} from '../../coordinator/projections/project-group.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { Group, Plan, Task } from '../../coordinator/schema/task.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { isSame } from '../../shared/same.ts';
import type { GroupView, TaskView } from '../../shared/view-models/group-views.ts';
import { attemptDirectory } from '../../store/attempts/attempt-directory.ts';
import { runDirectory } from '../../store/directories/run-directory.ts';

/** What the groups of a workspace are drawn from. */
export interface GroupsContext extends Pick<GroupContext, 'allowed' | 'now'> {
  readonly plan: Plan;
  readonly subagents: Config['subagents'];
  readonly workspaceRoot: string;
  /** A group's newest run. */
  readonly runOf: (group: GroupKey) => GroupContext['run'];
}

/** A group as it was drawn, and everything that it was drawn from but the time. */
interface Drawn {
  readonly view: GroupView;
  readonly from: readonly unknown[];
  /** Whether one of its tasks tells how long it still waits. */
  readonly waits: boolean;
}

/**
 * The groups of a workspace as they are to be shown. A group is drawn anew only where its plan or its run is another, and
 * what looks as before keeps its identity, down to the tasks: with one event in a run of many tasks, little else is
 * looked at, here and in what draws.
 */
export class GroupProjections {
  #drawn = new Map<GroupKey, Drawn>();
  #subagents: Config['subagents'] | null = null;
  #subagentOf: (task: Task) => SubagentChoice = subagentChooser({});
  #choices = new WeakMap<Task, SubagentChoice>();

  /** Every group as it is to be shown, in plan order. */
  of(around: GroupsContext): GroupView[] {
    if (this.#subagents !== around.subagents) {
      this.#subagents = around.subagents;
      this.#subagentOf = subagentChooser(around.subagents);
      this.#choices = new WeakMap();
    }
    const drawn = new Map<GroupKey, Drawn>();
    for (const group of around.plan.groups) {
      drawn.set(group.key, this.#draw(group, around));
    }
    this.#drawn = drawn;
    return [...drawn.values()].map(({ view }) => view);
  }

  #draw(group: Group, around: GroupsContext): Drawn {
    const { plan, allowed, now, subagents } = around;
    const run = around.runOf(group.key);
    const from = [
      ...[group, plan, subagents, allowed],
      // A run's state is changed in place, an event at a time.
      ...[run?.state, run?.state.seq, run?.holder.holder, run?.holder.name, run?.holder.suspended],
    ];
    const before = this.#drawn.get(group.key);
    if (before !== undefined && !before.waits && isSameList(before.from, from)) {
      return { ...before, view: atTime(before.view, now) };
    }
    const projected = this.#project(group, around, run);
    const view = before === undefined ? projected : keeping(before.view, projected);
    return { view, from, waits: view.tasks.some(({ dueAt }) => dueAt !== null) };
  }

  #project(group: Group, around: GroupsContext, run: GroupContext['run']): GroupView {
    return projectGroup(group, {
      ...around,
      subagentOf: (task) => this.#choice(task),
      run,
      attemptDirectory: (state, { planned, attempt }) =>
        attemptDirectory(runDirectory(around.workspaceRoot, state.plan.run), planned.key, attempt),
    });
  }

  /** Words are looked for in a task's text once. */
  #choice(task: Task): SubagentChoice {
    const known = this.#choices.get(task) ?? this.#subagentOf(task);
    this.#choices.set(task, known);
    return known;
  }
}

/** The same view, telling the time of now. */
export function atTime(view: GroupView, now: number): GroupView {
  const detail = groupDetail(view.counts, view.run, now);
  return detail === view.detail ? view : { ...view, detail };
}

/** The new view, with the tasks of the one before where they look the same; that one itself, where all does. */
export function keeping(before: GroupView, now: GroupView): GroupView {
  const known = new Map(before.tasks.map((task) => [task.key, task]));
  const tasks = now.tasks.map((task): TaskView => {
    const was = known.get(task.key);
    return was !== undefined && isSame(was, task) ? was : task;
  });
  const view = { ...now, tasks };
  return isSame(before, view) ? before : view;
}

function isSameList(before: readonly unknown[], now: readonly unknown[]): boolean {
  return before.length === now.length && before.every((each, place) => each === now[place]);
}
