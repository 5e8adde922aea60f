// Duration of runs with a concurrency limit, compared with max(critical path, work / slots), the lower bound, and with
// FIFO (the first ready task in plan order). Random graphs in virtual time: the same numbers on every machine.
//
//   node bench/makespan.ts [graphs]
import type { PlannedTask } from '../src/coordinator/schema/run-spec.ts';
import type { TaskKey } from '../src/shared/ids.ts';
import {
  all,
  type Durations,
  median,
  play,
  randomShape,
  report,
  seeded,
  SLOTS,
  startRun,
  tasksOf,
} from './virtual-run.ts';

const GRAPHS = Number(process.argv[2] ?? 300);
const MAKESPAN_BAR = 1.05;
/** The median is never worse than FIFO. */
const FIFO_BAR = 1;

interface Timed {
  readonly tasks: readonly PlannedTask[];
  readonly durations: Durations;
  /** max(critical path, work / slots). */
  readonly bound: number;
}

/** A random graph of 20 to 220 tasks with durations of 1 to 600 s, from almost a chain to almost no edges. */
function timedGraph(seed: number): Timed {
  const random = seeded(seed);
  const count = 20 + Math.floor(random() * 200);
  const shape = randomShape(Math.floor(random() * 5), 1 + Math.floor(random() * count));
  const tasks = tasksOf(count, shape, random);
  const durations = new Map(tasks.map(({ key }) => [key, 1000 * (1 + Math.floor(random() * 600))]));
  const ends = new Map<TaskKey, number>();
  let work = 0;
  for (const { key, dependencies } of tasks) {
    const duration = durations.get(key) ?? 0;
    const starts = Math.max(0, ...dependencies.map((before) => ends.get(before) ?? 0));
    ends.set(key, starts + duration);
    work += duration;
  }
  return { tasks, durations, bound: Math.max(work / SLOTS, ...ends.values()) };
}

function makespanRatio({ tasks, durations, bound }: Timed, known: boolean): number {
  const estimated = tasks.map((task) => ({
    ...task,
    estimateMs: known ? (durations.get(task.key) ?? 1) : 1,
  }));
  const run = startRun(estimated);
  play(run, durations);
  return run.now / bound;
}

/** Duration in ms if ready tasks start in plan order. */
function fifoMakespan({ tasks, durations }: Timed): number {
  const done = new Set<TaskKey>();
  const waiting = new Set(tasks);
  const running = new Map<PlannedTask, number>();
  let now = 0;
  while (waiting.size + running.size > 0) {
    for (const task of waiting) {
      if (running.size < SLOTS && task.dependencies.every((key) => done.has(key))) {
        waiting.delete(task);
        running.set(task, now + (durations.get(task.key) ?? 0));
      }
    }
    now = Math.min(...running.values());
    for (const [task, ends] of running) {
      if (ends === now) {
        running.delete(task);
        done.add(task.key);
      }
    }
  }
  return now;
}

function compareMakespans(): void {
  console.log(`makespan, ${SLOTS} slots, median of ${GRAPHS} random graphs`);
  const graphs = all(GRAPHS).map((graph) => timedGraph(1000 + graph));
  const fifo = graphs.map((graph) => fifoMakespan(graph) / graph.bound);
  console.log(`  ${'FIFO, beside the bound'.padEnd(34)} ${median(fifo).toFixed(3)}×`);
  for (const known of [true, false]) {
    const words = `durations ${known ? 'known' : 'unknown'}`;
    const ratios = graphs.map((graph) => makespanRatio(graph, known));
    report(`${words}, beside the bound`, median(ratios), MAKESPAN_BAR);
    const beside = ratios.map((ratio, place) => ratio / (fifo[place] ?? Number.NaN));
    report(`${words}, beside FIFO`, median(beside), FIFO_BAR);
  }
}

compareMakespans();
