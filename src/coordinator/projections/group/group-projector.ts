import { changedPlaces, isSame } from '../../../shared/same.ts';
import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';
import type { RunState, TaskRecord } from '../../run/state/state.ts';
import type { Group, Plan, Task } from '../../schema/task.ts';
import {
  assembleGroup,
  type GroupContext,
  type PlanFacts,
  planFacts,
  recordFinder,
  taskContext,
} from './project-group.ts';
import { projectTask } from './project-task.ts';
import { ReadyReasons } from './ready-reasons.ts';
import { TaskMemo } from './task-memo.ts';

/** What does not change from one event of a run to the next. */
interface Ground {
  readonly group: Group;
  readonly plan: Plan;
  readonly state: RunState | undefined;
  readonly facts: PlanFacts;
  readonly records: readonly (TaskRecord | undefined)[];
}

/** One projection of all tasks. */
interface Pass {
  readonly ground: Ground;
  readonly context: GroupContext;
  readonly reasons: ReadyReasons;
  /** Whether ready tasks wait for the same reasons as in the last pass. */
  readonly isSameReasons: boolean;
  /** The plan, the run or a fact of it is another: every task is projected again. */
  readonly isFresh: boolean;
}

/**
 * Projects one group again and again. A run changes a few tasks with each event, so only these are projected again;
 * everything that looks as before keeps its identity, down to the tasks, which makes comparing cheap for all views.
 * The result always equals `projectGroup`.
 */
export class GroupProjector {
  #ground: Ground | null = null;
  #runKey: readonly unknown[] = [];
  #memos: readonly TaskMemo[] = [];
  /** For each task, the revision of its record at which its view is current; -1 if that must be checked. */
  #settledAt: Int32Array = new Int32Array(0);
  #reasons = new ReadyReasons(null);
  #view: GroupView | null = null;

  project(group: Group, context: GroupContext): GroupView {
    const ground = this.#groundOf(group, context);
    const runKey = runKeyOf(context);
    const isFresh = this.#ground !== ground || !isSameList(this.#runKey, runKey);
    if (this.#ground !== ground) {
      this.#carryOver(ground);
    }
    this.#ground = ground;
    this.#runKey = runKey;
    const isSameReasons = !isFresh && this.#reasons.areCurrent(context.run);
    this.#reasons = isSameReasons ? this.#reasons : new ReadyReasons(context.run);
    const pass = { ground, context, reasons: this.#reasons, isSameReasons, isFresh };
    const before = this.#view;
    const tasks = this.#tasks(pass, before?.tasks ?? []);
    const counts =
      before !== null && hasSameStatuses(before.tasks, tasks) ? before.counts : undefined;
    const view = assembleGroup(group, tasks, ground.facts, context, counts);
    this.#view = before !== null && isSame(before, view) ? before : view;
    return this.#view;
  }

  /** The views of all tasks; the same array if none has changed. A loop, because a group may have thousands of tasks. */
  #tasks(pass: Pass, before: readonly TaskView[]): readonly TaskView[] {
    const { group, records } = pass.ground;
    const views: TaskView[] = [];
    let isChanged = before.length !== group.tasks.length;
    for (const task of group.tasks) {
      const place = views.length;
      const former = before[place];
      const isSettled = pass.isSameReasons && records[place]?.revision === this.#settledAt[place];
      const view = isSettled && former !== undefined ? former : this.#task(task, place, pass);
      isChanged ||= view !== former;
      views.push(view);
    }
    return isChanged ? views : before;
  }

  #groundOf(group: Group, { plan, run }: GroupContext): Ground {
    const state = run?.state;
    const known = this.#ground;
    if (known?.group === group && known.plan === plan && known.state === state) {
      return known;
    }
    const facts =
      known?.group === group && known.plan === plan ? known.facts : planFacts(group, plan);
    const find = recordFinder(group, state);
    return { group, plan, state, facts, records: group.tasks.map(find) };
  }

  /** Another plan or run: tasks that look the same keep their views. */
  #carryOver({ group }: Ground): void {
    const known = new Map(this.#memos.map((memo) => [memo.view?.key, memo.view]));
    this.#memos = group.tasks.map(({ key }) => new TaskMemo(known.get(key) ?? null));
    this.#settledAt = new Int32Array(group.tasks.length).fill(-1);
  }

  #task(task: Task, place: number, pass: Pass): TaskView {
    const { ground, context, reasons, isFresh } = pass;
    const record = ground.records[place];
    const memo = this.#memos[place] ?? new TaskMemo(null);
    const settledAt = record === undefined ? -1 : memo.settledAt(record, context);
    this.#settledAt[place] = settledAt;
    // Also for a view that is projected again: the next pass compares the reasons that were given.
    const why = record === undefined || settledAt === -1 ? null : reasons.of(record);
    if (
      !isFresh &&
      memo.view !== null &&
      (record === undefined || memo.isCurrent(record, context))
    ) {
      return memo.withReason(record === undefined ? null : (why ?? reasons.of(record)));
    }
    const view = projectTask(task, taskContext(task, record, ground.facts, context));
    memo.keep(view, record, context);
    return memo.view ?? view;
  }
}

function hasSameStatuses(before: readonly TaskView[], now: readonly TaskView[]): boolean {
  return (
    before.length === now.length &&
    changedPlaces(before, now).every((place) => before[place]?.status === now[place]?.status)
  );
}

/** Facts of the run on which every task's view depends; with another, all tasks are projected again. */
function runKeyOf({ run, allowed, subagentOf }: GroupContext): readonly unknown[] {
  if (run === null) {
    return [allowed, subagentOf];
  }
  const { state, holder } = run;
  return [
    allowed,
    subagentOf,
    holder.holder,
    holder.name,
    holder.suspended,
    state.phase,
    state.cancelled,
    state.timedOut,
    state.ended,
    state.policy.budget,
    state.suites.refresh.state.kind,
  ];
}

function isSameList(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((each, place) => each === after[place]);
}
