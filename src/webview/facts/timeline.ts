import type { TaskKey } from '../../shared/ids.ts';
import type {
  GroupView,
  RunView,
  TaskAppearance,
  TaskView,
} from '../../shared/view-models/group-views.ts';
import { describeClock } from '../../shared/words/durations.ts';

/** A task's bar on the timeline. Positions are in percent of the timeline's width. */
export interface TimelineBar {
  readonly key: TaskKey;
  readonly id: string;
  readonly title: string;
  readonly appearance: TaskAppearance;
  readonly left: number;
  readonly width: number;
  /** Width from the bar's end to the time at which a waiting attempt is due, percent; 0 if none waits. */
  readonly waiting: number;
  /** Times since the run's start: `0:05 to 0:42`. */
  readonly span: string;
}

export interface Timeline {
  /** As few lanes as tasks overlapped in time, each with its bars in order of time. */
  readonly lanes: readonly (readonly TimelineBar[])[];
  readonly ticks: readonly { readonly left: number; readonly label: string }[];
  /** Number of earlier tasks that the timeline does not show. */
  readonly omitted: number;
}

interface Interval {
  readonly task: TaskView;
  readonly from: number;
  readonly to: number;
}

/** Round intervals between ticks, seconds. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200];
const MAX_TICKS = 6;
/** Maximum number of bars. More would be indistinguishable and too slow to redraw every second. */
const MAX_BARS = 300;
/** Minimum width of a bar that keeps it visible, percent. */
const MIN_WIDTH = 0.4;

/**
 * Places each task of the newest run on the first lane that is free when it starts. Returns `null` if no task has
 * started yet. `now`: ms since the epoch.
 */
export function layoutTimeline({ run, tasks }: GroupView, now: number): Timeline | null {
  const intervals = run === null ? [] : tasks.flatMap((task) => intervalOf(task, run, now));
  if (run === null || intervals.length === 0) {
    return null;
  }
  const { shown, start } = newestIntervals(intervals, run.startedAt);
  const end = Math.max(run.endedAt ?? now, start + 1000, ...shown.map(endOf));
  const percent = (at: number) => (Math.max(0, at - start) / (end - start)) * 100;
  const clock = (at: number) => describeClock(at - run.startedAt);
  const toBar = ({ task, from, to }: Interval): TimelineBar => ({
    key: task.key,
    id: task.id,
    title: task.title,
    appearance: task.appearance,
    left: percent(from),
    width: Math.max(MIN_WIDTH, percent(to) - percent(from)),
    waiting: task.dueAt !== null && task.dueAt > to ? percent(task.dueAt) - percent(to) : 0,
    span: `${clock(from)} to ${task.endedAt === null && run.endedAt === null ? 'now' : clock(to)}`,
  });
  return {
    lanes: lanesOf(shown).map((lane) => lane.map(toBar)),
    ticks: ticksOf(start - run.startedAt, end - start),
    omitted: intervals.length - shown.length,
  };
}

/** Returns the newest and the running intervals in order of time, and the timeline's start (ms since the epoch). */
function newestIntervals(
  intervals: readonly Interval[],
  runStart: number,
): { readonly shown: readonly Interval[]; readonly start: number } {
  const sorted = intervals.toSorted((a, b) => a.from - b.from);
  const cut = Math.max(0, sorted.length - MAX_BARS);
  const shown = sorted.filter(({ task }, index) => index >= cut || task.status === 'in_progress');
  return { shown, start: cut === 0 ? runStart : (sorted[cut]?.from ?? runStart) };
}

function intervalOf(task: TaskView, run: RunView, now: number): Interval[] {
  const { startedAt, endedAt } = task;
  // A task that keeps its result from an older run has the times of that run.
  if (startedAt === null || startedAt < run.startedAt) {
    return [];
  }
  // An unknown end is not later than the end of the run.
  const to = endedAt ?? run.endedAt ?? now;
  return [{ task, from: startedAt, to: Math.max(startedAt, to) }];
}

function endOf({ task, to }: Interval): number {
  return Math.max(to, task.dueAt ?? 0);
}

function lanesOf(intervals: readonly Interval[]): Interval[][] {
  const lanes: Interval[][] = [];
  for (const interval of intervals) {
    const free = lanes.find((lane) => {
      const last = lane.at(-1);
      return last === undefined || endOf(last) <= interval.from;
    });
    if (free === undefined) {
      lanes.push([interval]);
    } else {
      free.push(interval);
    }
  }
  return lanes;
}

/** Computes the ticks of a timeline that starts `offset` ms after the run's start and covers `length` ms. */
function ticksOf(offset: number, length: number): Timeline['ticks'] {
  const step = (STEPS.find((each) => length / (each * 1000) <= MAX_TICKS) ?? 86_400) * 1000;
  const ticks: { left: number; label: string }[] = [];
  // Leaves out ticks near the end, whose label (up to `2:48:00`) would overflow the edge.
  for (let at = Math.ceil(offset / step) * step; at - offset < length * 0.9; at += step) {
    ticks.push({ left: ((at - offset) / length) * 100, label: describeClock(at) });
  }
  return ticks;
}
