import { SEQUENTIAL, type TaskKey } from '../../shared/ids.ts';
import type { TaskStatus } from '../../shared/status.ts';
import type {
  GroupCounts,
  GroupView,
  RunView,
  TaskView,
} from '../../shared/view-models/group-views.ts';
import { describeAgo, describeClock, plural } from '../../shared/words/durations.ts';
import { blockersOf } from '../plan/blockers.ts';
import { sequentialWaves, waves as groupWaves } from '../plan/graph/waves.ts';
import type { SubagentChoice } from '../plan/subagents.ts';
import type { RunState, TaskRecord } from '../run/state/state.ts';
import type { Group, Plan, Task } from '../schema/task.ts';
import { checklistLine, fixTitles, notYetIn } from './fix-tasks.ts';
import { type Holder, projectRun } from './project-run.ts';
import { projectTask } from './project-task.ts';

/** What is known around a group when it is drawn. */
export interface GroupContext {
  readonly plan: Plan;
  readonly subagentOf: (task: Task) => SubagentChoice;
  /** The newest run of this group, if there was one, and who holds it. */
  readonly run: { readonly state: RunState; readonly holder: Holder } | null;
  /** Absolute directory of a task's newest attempt. */
  readonly attemptDirectory: (run: RunState, record: TaskRecord) => string;
  /** Whether anything may run at all (trust). */
  readonly allowed: boolean;
  /** ms since the epoch. */
  readonly now: number;
}

/** A group as every view shows it. */
export function projectGroup(group: Group, around: GroupContext): GroupView {
  const run = runOf(group, around);
  const live = run !== null && run.state !== 'ended';
  const waves = group.id === SEQUENTIAL ? sequentialWaves(group.tasks) : groupWaves(group.tasks);
  const tasks = projectTasks(group, around, waves, live);
  const counts = countTasks(tasks);
  const status = groupStatus(counts, live, run);
  return {
    key: group.key,
    id: group.id,
    title: group.id === SEQUENTIAL ? 'Sequential' : group.id,
    source: group.source,
    sequential: group.id === SEQUENTIAL,
    status,
    detail: groupDetail(counts, run, around.now),
    counts,
    tasks,
    waves,
    problems: problemsOf(group, around.plan),
    run,
    canRun: around.allowed && !live && launchable(group).length > 0,
    canStop: live && run.state === 'running',
    canRetry: around.allowed && !live && tasks.some(isRetriable),
  };
}

/** Its newest run; what that proposes and the plan has by now is not proposed any more. */
function runOf({ source }: Group, { run, plan }: GroupContext): RunView | null {
  if (run === null) {
    return null;
  }
  const titles = notYetIn(fixTitles(run.state), source, plan.tasks.values());
  return { ...projectRun(run.state, run.holder), proposedTasks: titles.map(checklistLine) };
}

function projectTasks(
  group: Group,
  around: GroupContext,
  waves: readonly (readonly TaskKey[])[],
  live: boolean,
): TaskView[] {
  const state = around.run?.state;
  const inside = new Set(launchable(group).map((task) => task.key));
  const blockers = blockersOf(group, around.plan);
  const waveOf = new Map(waves.flatMap((wave, place) => wave.map((key) => [key, place] as const)));
  const find = recordFinder(group, state);
  return group.tasks.map((task) =>
    projectTask(task, {
      plan: around.plan,
      inside,
      blockers: blockers.get(task.key) ?? [],
      run: around.run,
      live,
      allowed: around.allowed,
      now: around.now,
      wave: waveOf.get(task.key) ?? 0,
      record: find(task),
      subagent: around.subagentOf(task),
      attemptDirectory: (record) =>
        state === undefined ? '' : around.attemptDirectory(state, record),
    }),
  );
}

/** The tasks of a group that a run would launch, blocked ones included. */
export function launchable(group: Group): Task[] {
  return group.tasks.filter((task) => task.status.launchable);
}

/** By its text: agents renumber plans while they work. By its id where the text is new and its former text is gone. */
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
  const of = (status: TaskStatus): number => tasks.filter((task) => task.status === status).length;
  return {
    total: tasks.length,
    completed: of('completed'),
    running: of('in_progress'),
    blocked: of('blocked'),
    failed: of('failed'),
    cancelled: of('cancelled'),
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

/** What a group's row says beside its title; it tells times, so it changes with them. */
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

/** Problems that are about its tasks, and others of the lines from its first task to its last, file by file. */
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
