// The cost of an event: decide + evolve for each event of a run of 10,000 tasks, compared with runs of 100 tasks,
// in virtual time. Every number is a ratio of two measurements of this run.
//
//   node bench/coordinator.ts [rounds]
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { PlannedTask, RunSpec } from '../src/coordinator/schema/run-spec.ts';
import {
  all,
  play,
  randomShape,
  report,
  seeded,
  type Shape,
  startRun,
  tasksOf,
} from './virtual-run.ts';

const ROUNDS = Number(process.argv[2] ?? 7);
const MANY = 10_000;
const FEW = 100;
const EVENTS_BAR = 2;

setFlagsFromString('--expose-gc');
const garbageCollector: unknown = runInNewContext('gc');

const SHAPES: readonly (readonly [string, Shape])[] = [
  ['random graph', randomShape(3, 50)],
  ['no dependencies', () => []],
  ['one chain', (index) => (index === 0 ? [] : [index - 1])],
  [
    'one task after all',
    (index) => (index % MANY === MANY - 1 || index === FEW - 1 ? all(index) : []),
  ],
];

/** The tasks that must not run at the same time. */
type Meetings = (tasks: readonly PlannedTask[]) => RunSpec['mutexes'];

/** Every task names a file that three others name as well; a tenth of the tasks name a common folder. */
function sharedFiles(tasks: readonly PlannedTask[]): RunSpec['mutexes'] {
  const keys = tasks.map(({ key }) => key);
  const files = all(tasks.length / 4).map((file) => ({
    path: `src/${file}.ts`,
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

function isProcedure(value: unknown): value is () => void {
  return typeof value === 'function';
}

/** µs of this thread for each event, over as many runs as have `MANY` tasks in total, after a garbage collection. */
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

compareEvents();
