// The coordinator alone, in virtual time; every number is a ratio of two measurements of this run.
//   events    decide + evolve for each event of a whole run of 10,000 tasks, beside runs of 100
//   makespan  how long a run takes with a limit, beside max(critical path, work / slots)
//
//   node bench/coordinator.ts [rounds]
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RunEvent, RunEventBody } from '../src/coordinator/events.ts';
import type { PlannedTask, RunPlan } from '../src/coordinator/run-plan.ts';
import { decide } from '../src/coordinator/run/decide.ts';
import { begin, evolve } from '../src/coordinator/run/evolve.ts';
import { ReadyQueue } from '../src/coordinator/run/ready-queue.ts';
import type { RunState } from '../src/coordinator/run/state.ts';
import type { TaskKey } from '../src/shared/ids.ts';
import { outcome, testsResult } from '../test/support/coordinator/outcomes.ts';
import { plannedTask, runPlan } from '../test/support/coordinator/plans.ts';

const ROUNDS = Number(process.argv[2] ?? 7);
const MANY = 10_000;
const FEW = 100;
const SLOTS = 8;
const GRAPHS = 300;
const EVENTS_BAR = 2;
const MAKESPAN_BAR = 1.05;

setFlagsFromString('--expose-gc');
const garbageCollector: unknown = runInNewContext('gc');

type Durations = ReadonlyMap<TaskKey, number>;
/** The numbers of the tasks that come before task `index`. */
type Shape = (index: number, random: () => number) => number[];

/** A fact that becomes known at `at`; `place` keeps facts of the same time in order. */
interface Due {
  readonly at: number;
  readonly place: number;
  readonly event: RunEventBody;
}

/** Numbers in [0, 1), the same in every run of this file (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `most` dependencies at most, each one of the `reach` tasks before. */
function randomShape(most: number, reach: number): Shape {
  return (index, random) =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, () =>
      Math.max(0, index - 1 - Math.floor(random() * reach)),
    ).filter((before) => before < index);
}

const SHAPES: readonly (readonly [string, Shape])[] = [
  ['random graph', randomShape(3, 50)],
  ['no dependencies', () => []],
  ['one chain', (index) => (index === 0 ? [] : [index - 1])],
  [
    'one task after all',
    (index) => (index % MANY === MANY - 1 || index === FEW - 1 ? all(index) : []),
  ],
];

function all(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function tasksOf(count: number, shape: Shape, random: () => number): PlannedTask[] {
  return all(count).map((index) =>
    plannedTask(`T${index}`, { after: shape(index, random).map((before) => `T${before}`) }),
  );
}

/** Which of the tasks must not run at the same time. */
type Meetings = (tasks: readonly PlannedTask[]) => RunPlan['apart'];

/** Every task names a file that three others name as well, and a tenth of them their common folder. */
function sharedFiles(tasks: readonly PlannedTask[]): RunPlan['apart'] {
  const keys = tasks.map(({ key }) => key);
  const files = all(tasks.length / 4).map((file) => ({
    path: `src/${String(file)}.ts`,
    tasks: [0, 1, 2, 3].flatMap((turn) => keys[file + turn * Math.floor(tasks.length / 4)] ?? []),
    inside: [],
  }));
  const inside = keys.filter((_, place) => place % 10 > 0);
  return [...files, { path: 'src', tasks: keys, inside }];
}

const MEETINGS: readonly (readonly [string, Meetings])[] = [
  ['files and a folder in common', sharedFiles],
  [
    'all name one file',
    (tasks) => [{ path: 'README.md', tasks: tasks.map(({ key }) => key), inside: [] }],
  ],
];

function startRun(tasks: PlannedTask[], apart: RunPlan['apart'] = []): RunState {
  const plan = runPlan(tasks, { maxConcurrent: SLOTS, apart });
  const run = begin({ v: 1, seq: 1, at: 0, event: { type: 'run.started', plan } });
  if (run === null) {
    throw new Error('The run does not start');
  }
  return run;
}

/** Plays a whole run in which everything succeeds, each task after its duration; the number of its events. */
function play(run: RunState, durations: Durations): number {
  const due = new ReadyQueue<Due>((a, b) => (a.at === b.at ? a.place < b.place : a.at < b.at));
  let events = 1;
  let at = 0;
  const apply = (event: RunEventBody): void => {
    events += 1;
    const line: RunEvent = { v: 1, seq: events, at, event };
    evolve(run, line);
    for (let { action } = decide(run); action !== null; { action } = decide(run)) {
      events += 1;
      evolve(run, { v: 1, seq: events, at, event: action });
      const answer = answerTo(action, durations);
      if (answer !== null) {
        due.add({ at: at + answer.after, place: events, event: answer.event });
      }
    }
  };
  apply({ type: 'wake' });
  for (let next = due.peek(); next !== undefined; next = due.peek()) {
    due.remove(next);
    ({ at } = next);
    apply(next.event);
  }
  return events;
}

const WELL = outcome();
const PASSED = testsResult('passed');

/** The fact that answers a decision, and how long after it. */
function answerTo(
  action: RunEventBody,
  durations: Durations,
): { after: number; event: RunEventBody } | null {
  if (action.type === 'check.requested') {
    const { job, attempt } = action;
    const ended = { type: 'check.ended' as const, job, attempt, offset: 0 };
    return { after: 0, event: { ...ended, outcome: WELL, tests: PASSED } };
  }
  if (action.type === 'attempt.requested') {
    const { task, attempt } = action;
    const ended = { type: 'attempt.ended' as const, task, attempt, offset: 0, jitter: 0 };
    return { after: durations.get(task) ?? 1, event: { ...ended, outcome: WELL } };
  }
  if (action.type === 'evidence.requested') {
    const { task, attempt } = action;
    const none = { evidence: [], files: [] };
    return { after: 0, event: { type: 'evidence.checked', task, attempt, ...none } };
  }
  return action.type === 'close.requested'
    ? { after: 0, event: { type: 'close.ended', task: action.task, problem: null } }
    : null;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function report(what: string, ratio: number, bar: number): void {
  const verdict = ratio <= bar ? '' : '  OVER';
  console.log(`  ${what.padEnd(34)} ${ratio.toFixed(3)}×  (bar ${bar}×)${verdict}`);
  if (ratio > bar) {
    process.exitCode = 1;
  }
}

function isProcedure(value: unknown): value is () => void {
  return typeof value === 'function';
}

/** µs of this thread for each event, over as many runs as have `MANY` tasks in total; the garbage of their start is gone before. */
function perEvent(count: number, shape: Shape, seed: number, meetings: Meetings): number {
  const runs = all(MANY / count).map((turn) => {
    const tasks = tasksOf(count, shape, seeded(seed + turn));
    return startRun(tasks, meetings(tasks));
  });
  if (isProcedure(garbageCollector)) {
    garbageCollector();
  }
  const start = process.threadCpuUsage();
  let events = 0;
  for (const run of runs) {
    events += play(run, new Map());
  }
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / events;
}

function compareEvents(): void {
  console.log(`decide + evolve per event, ${MANY} tasks beside ${FEW}, best of ${ROUNDS} rounds`);
  const nothing: Meetings = () => [];
  const rows = [
    ...SHAPES.map(([name, shape]) => [name, shape, nothing] as const),
    ...MEETINGS.map(([name, meetings]) => [name, randomShape(3, 50), meetings] as const),
  ];
  for (const [name, shape, meetings] of rows) {
    const rounds = all(ROUNDS).map((round) => [
      perEvent(MANY, shape, round, meetings),
      perEvent(FEW, shape, round, meetings),
    ]);
    const [many, few] = [0, 1].map((which) => Math.min(...rounds.map((each) => each[which] ?? 0)));
    report(name, (many ?? 0) / (few ?? 0), EVENTS_BAR);
  }
}

interface Timed {
  readonly tasks: readonly PlannedTask[];
  readonly durations: Durations;
  /** max(critical path, work / slots). */
  readonly bound: number;
}

/** A random graph of 20 to 220 tasks that take 1 to 600 s, from almost a chain to almost no edges. */
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

function compareMakespans(): void {
  console.log(`makespan, ${SLOTS} slots, median of ${GRAPHS} random graphs`);
  const graphs = all(GRAPHS).map((graph) => timedGraph(1000 + graph));
  for (const known of [true, false]) {
    const ratios = graphs.map((graph) => makespanRatio(graph, known));
    report(`durations ${known ? 'known' : 'unknown'}`, median(ratios), MAKESPAN_BAR);
  }
}

compareEvents();
compareMakespans();
