import type { TaskKey } from '../../shared/ids.ts';
import type {
  GroupView,
  RunView,
  TaskAppearance,
  TaskView,
} from '../../shared/view-models/group-views.ts';
import { describeClock } from '../../shared/words/durations.ts';

/** A task's time on the timeline; positions are percent of its width. */
export interface TimelineBar {
  readonly key: TaskKey;
  readonly id: string;
  readonly title: string;
  readonly appearance: TaskAppearance;
  readonly left: number;
  readonly width: number;
  /** The part until a waiting attempt is due; 0 for none. */
  readonly waiting: number;
  /** `0:05 to 0:42`, from the run's start. */
  readonly span: string;
}

export interface Timeline {
  /** As few as there were tasks at the same time; bars in order of time. */
  readonly lanes: readonly (readonly TimelineBar[])[];
  readonly ticks: readonly { readonly left: number; readonly label: string }[];
  /** How many tasks that started earlier are left out. */
  readonly omitted: number;
}

interface Stretch {
  readonly task: TaskView;
  readonly from: number;
  readonly to: number;
}

/** Steps between ticks that people count in, in seconds. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200];
const MOST_TICKS = 6;
/** More could not be told apart, and every second would be spent on drawing them. */
const MOST_BARS = 300;
/** A bar that is too thin to be seen is drawn this wide. */
const THINNEST = 0.4;

/**
 * Places the tasks of the newest run on lanes, each on the first that is free when it starts. `null`: nothing has started
 * yet. `now` in ms since the epoch.
 */
export function layoutTimeline({ run, tasks }: GroupView, now: number): Timeline | null {
  const stretches = run === null ? [] : tasks.flatMap((task) => stretchOf(task, run, now));
  if (run === null || stretches.length === 0) {
    return null;
  }
  const { shown, start } = newest(stretches, run.startedAt);
  const end = Math.max(run.endedAt ?? now, start + 1000, ...shown.map(endOf));
  const percent = (at: number) => (Math.max(0, at - start) / (end - start)) * 100;
  const clock = (at: number) => describeClock(at - run.startedAt);
  const toBar = ({ task, from, to }: Stretch): TimelineBar => ({
    key: task.key,
    id: task.id,
    title: task.title,
    appearance: task.appearance,
    left: percent(from),
    width: Math.max(THINNEST, percent(to) - percent(from)),
    waiting: task.dueAt !== null && task.dueAt > to ? percent(task.dueAt) - percent(to) : 0,
    span: `${clock(from)} to ${task.endedAt === null && run.endedAt === null ? 'now' : clock(to)}`,
  });
  return {
    lanes: lanesOf(shown).map((lane) => lane.map(toBar)),
    ticks: ticksOf(start - run.startedAt, end - start),
    omitted: stretches.length - shown.length,
  };
}

/** The newest stretches and those that go on, in order of time, and where the drawing starts (ms since the epoch). */
function newest(
  stretches: readonly Stretch[],
  runStart: number,
): { readonly shown: readonly Stretch[]; readonly start: number } {
  const sorted = stretches.toSorted((a, b) => a.from - b.from);
  const cut = Math.max(0, sorted.length - MOST_BARS);
  const shown = sorted.filter(({ task }, place) => place >= cut || task.status === 'in_progress');
  return { shown, start: cut === 0 ? runStart : (sorted[cut]?.from ?? runStart) };
}

function stretchOf(task: TaskView, run: RunView, now: number): Stretch[] {
  const { startedAt, endedAt } = task;
  // A task may carry the times of an older run, whose work it keeps.
  if (startedAt === null || startedAt < run.startedAt) {
    return [];
  }
  // An end that was never learnt is not later than the run's.
  const to = endedAt ?? run.endedAt ?? now;
  return [{ task, from: startedAt, to: Math.max(startedAt, to) }];
}

function endOf({ task, to }: Stretch): number {
  return Math.max(to, task.dueAt ?? 0);
}

function lanesOf(stretches: readonly Stretch[]): Stretch[][] {
  const lanes: Stretch[][] = [];
  for (const stretch of stretches) {
    const free = lanes.find((lane) => {
      const last = lane.at(-1);
      return last === undefined || endOf(last) <= stretch.from;
    });
    if (free === undefined) {
      lanes.push([stretch]);
    } else {
      free.push(stretch);
    }
  }
  return lanes;
}

/** Ticks of a drawing that shows `length` ms from `offset` ms after the run's start. */
function ticksOf(offset: number, length: number): Timeline['ticks'] {
  const step = (STEPS.find((each) => length / (each * 1000) <= MOST_TICKS) ?? 86_400) * 1000;
  const ticks: { left: number; label: string }[] = [];
  // None near the end: its label, up to `2:48:00`, would run over the edge.
  for (let at = Math.ceil(offset / step) * step; at - offset < length * 0.9; at += step) {
    ticks.push({ left: ((at - offset) / length) * 100, label: describeClock(at) });
  }
  return ticks;
}
