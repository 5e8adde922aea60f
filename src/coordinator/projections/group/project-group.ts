import { SEQUENTIAL, type TaskKey } from '../../../shared/ids.ts';
import type { TaskStatus } from '../../../shared/status.ts';
import type {
  Blocker,
  GroupCounts,
  GroupView,
  RunView,
  TaskView,
} from '../../../shared/view-models/group-views.ts';
import { describeAgo, describeClock, plural } from '../../../shared/words/durations.ts';
import { blockersOf } from '../../plan/blockers.ts';
import { sequentialWaves, waves as groupWaves } from '../../plan/graph/waves.ts';
import type { SubagentChoice } from '../../plan/subagents.ts';
import type { RunState, TaskRecord } from '../../run/state/state.ts';
import type { Group, Plan, Task } from '../../schema/task.ts';
import { checklistLine, fixTitles, notYetIn } from '../fix-tasks.ts';
import { type Holder, projectRun } from '../project-run.ts';
import { projectTask, type TaskContext } from './project-task.ts';

/** Inputs of a group's view. */
export interface GroupContext {
  readonly plan: Plan;
  readonly subagentOf: (task: Task) => SubagentChoice;
  /** The newest run of this group, if any, and the process that coordinates it. */
  readonly run: { readonly state: RunState; readonly holder: Holder } | null;
  /** Absolute directory of a task's newest attempt. */
  readonly attemptDirectory: (run: RunState, record: TaskRecord) => string;
  /** Whether the workspace is trusted, so that anything may run. */
  readonly allowed: boolean;
  /** ms since the epoch. */
  readonly now: number;
}

/** The part of a group's view that depends on the plan alone. */
export interface PlanFacts {
  readonly waves: readonly (readonly TaskKey[])[];
  readonly waveOf: ReadonlyMap<TaskKey, number>;
  /** Tasks that a run would launch. */
  readonly inside: ReadonlySet<TaskKey>;
  readonly blockers: ReadonlyMap<TaskKey, readonly Blocker[]>;
  readonly problems: GroupView['problems'];
}

/** A group as all views show it. */
export function projectGroup(group: Group, context: GroupContext): GroupView {
  const facts = planFacts(group, context.plan);
  const find = recordFinder(group, context.run?.state);
  const tasks = group.tasks.map((task) =>
    projectTask(task, taskContext(task, find(task), facts, context)),
  );
  return assembleGroup(group, tasks, facts, context);
}

/** What the plan says about a group and its tasks. */
export function planFacts(group: Group, plan: Plan): PlanFacts {
  const waves = group.id === SEQUENTIAL ? sequentialWaves(group.tasks) : groupWaves(group.tasks);
  return {
    waves,
    waveOf: new Map(waves.flatMap((wave, place) => wave.map((key) => [key, place] as const))),
    inside: new Set(launchable(group).map((task) => task.key)),
    blockers: blockersOf(group, plan),
    problems: problemsOf(group, plan),
  };
}

/** The context in which one task of a group is projected. */
export function taskContext(
  task: Task,
  record: TaskRecord | undefined,
  facts: PlanFacts,
  context: GroupContext,
): TaskContext {
  const state = context.run?.state;
  return {
    plan: context.plan,
    inside: facts.inside,
    blockers: facts.blockers.get(task.key) ?? [],
    run: context.run,
    live: isLive(context),
    allowed: context.allowed,
    now: context.now,
    wave: facts.waveOf.get(task.key) ?? 0,
    record,
    subagent: context.subagentOf(task),
    attemptDirectory: (of) => (state === undefined ? '' : context.attemptDirectory(state, of)),
  };
}

/** The group's view around the views of its tasks. `counts`: of these tasks. */
export function assembleGroup(
  group: Group,
  tasks: readonly TaskView[],
  facts: PlanFacts,
  context: GroupContext,
  counts: GroupCounts = countTasks(tasks),
): GroupView {
  const run = runOf(group, context);
  const live = isLive(context);
  return {
    key: group.key,
    id: group.id,
    title: group.id === SEQUENTIAL ? 'Sequential' : group.id,
    source: group.source,
    format: group.format,
    sequential: group.id === SEQUENTIAL,
    status: groupStatus(counts, live, run),
    detail: groupDetail(counts, run, context.now),
    counts,
    tasks,
    waves: facts.waves,
    problems: facts.problems,
    run,
    canRun: context.allowed && !live && facts.inside.size > 0,
    canStop: live && run?.state === 'running',
    canRetry: context.allowed && !live && tasks.some(isRetriable),
  };
}

function isLive({ run }: GroupContext): boolean {
  return run !== null && run.state.ended === null;
}

/** Its newest run, without proposed tasks that the plan already has. */
function runOf({ source }: Group, { run, plan }: GroupContext): RunView | null {
  if (run === null) {
    return null;
  }
  const titles = notYetIn(fixTitles(run.state), source, plan.tasks.values());
  return { ...projectRun(run.state, run.holder), proposedTasks: titles.map(checklistLine) };
}

/** The tasks of a group that a run would launch, including blocked ones. */
export function launchable(group: Group): Task[] {
  return group.tasks.filter((task) => task.status.launchable);
}

/**
 * Matches by text, because agents renumber plans while they work; by id if the text is new and its former text is gone.
 */
export function recordFinder(
  group: Group,
  state: RunState | undefined,
): (task: Task) => TaskRecord | undefined {
  if (state === undefined) {
    return () => undefined;
  }
  const byText = new Map(state.order.map((record) => [record.planned.fingerprint, record]));
  const texts = new Set(group.tasks.map(({ fingerprint }) => fingerprint));
  return (task) => {
    const known = byText.get(task.fingerprint);
    const namesake = state.tasks.get(task.key);
    return (
      known ??
      (namesake !== undefined && texts.has(namesake.planned.fingerprint) ? undefined : namesake)
    );
  };
}

function isRetriable({ appearance }: TaskView): boolean {
  return appearance === 'failed' || appearance === 'cancelled' || appearance === 'proven';
}

function countTasks(tasks: readonly TaskView[]): GroupCounts {
  const counts: Record<TaskStatus, number> = {
    pending: 0,
    blocked: 0,
    in_progress: 0,
    completed: 0,
    failed: 0,
    cancelled: 0,
  };
  for (const { status } of tasks) {
    counts[status] += 1;
  }
  return {
    total: tasks.length,
    completed: counts.completed,
    running: counts.in_progress,
    blocked: counts.blocked,
    failed: counts.failed,
    cancelled: counts.cancelled,
  };
}

function groupStatus(counts: GroupCounts, live: boolean, run: RunView | null): TaskStatus {
  if (live) {
    return 'in_progress';
  }
  if (counts.failed > 0 || run?.tests?.status === 'failed') {
    return 'failed';
  }
  if (counts.cancelled > 0) {
    return 'cancelled';
  }
  if (counts.completed === counts.total) {
    return 'completed';
  }
  return counts.blocked > 0 && counts.blocked + counts.completed === counts.total
    ? 'blocked'
    : 'pending';
}

/** Description of a group's row. It includes times, so it changes with them. */
export function groupDetail(counts: GroupCounts, run: RunView | null, now: number): string {
  const progress = `${counts.completed}/${counts.total}`;
  const blocked = counts.blocked > 0 ? [`${counts.blocked} blocked`] : [];
  if (run === null) {
    const start = counts.completed > 0 ? progress : plural(counts.total, 'task');
    return [start, ...blocked].join(' · ');
  }
  if (run.state !== 'ended') {
    const word = run.state === 'running' ? runningWord(run) : run.state;
    const clock = `${word} ${describeClock(now - run.startedAt)}`;
    return [progress, clock, ...blocked].join(' · ');
  }
  const failed = counts.failed > 0 ? [`${counts.failed} failed`] : [];
  const ago = describeAgo(now - (run.endedAt ?? now));
  return [progress, ...failed, ...blocked, ...testWords(run), ago].join(' · ');
}

function runningWord(run: RunView): string {
  switch (run.holder) {
    case 'mine':
      return 'running';
    case 'other':
      return 'running elsewhere';
    case 'nobody':
      return 'interrupted';
  }
}

function testWords({ tests }: RunView): string[] {
  switch (tests?.status) {
    case 'passed':
      return tests.total === null ? ['passed'] : ['passed', plural(tests.total, 'test')];
    case 'failed':
      return [tests.failed === null ? 'tests failed' : `${plural(tests.failed, 'test')} failed`];
    case 'none':
      return ['no tests'];
    case 'skipped':
    case undefined:
      return [];
  }
}

/** Problems of its tasks, and other problems on the lines from its first task to its last, per file. */
function problemsOf(group: Group, plan: Plan): GroupView['problems'] {
  const lines = new Map<string, { first: number; last: number }>();
  for (const { place } of group.tasks) {
    const { first, last } = lines.get(place.file) ?? { first: place.line, last: place.line };
    lines.set(place.file, {
      first: Math.min(first, place.line),
      last: Math.max(last, place.line),
    });
  }
  const keys = new Set(group.tasks.map(({ key }) => key));
  return plan.problems.filter(({ place, tasks }) => {
    if (tasks !== undefined) {
      return tasks.some((key) => keys.has(key));
    }
    const part = lines.get(place.file);
    return part !== undefined && place.line >= part.first && place.line <= part.last;
  });
}
