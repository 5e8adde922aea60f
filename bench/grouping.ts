// Grouping 100,000 tasks by their markers, compared with a loop of one regular expression over the same strings.
// Limit: 1.5. The time includes what a reader does with each text: read all markers, then make groups.
import { groupTasks } from '../src/coordinator/plan/group-tasks.ts';
import { parseMarkers } from '../src/coordinator/plan/markers/markers.ts';
import type { Task } from '../src/coordinator/schema/task.ts';
import { asSourceId, asTaskId, type SourceId, taskKey } from '../src/shared/ids.ts';

const NO_FORMATS: ReadonlyMap<SourceId, string> = new Map();

const COUNT = 100_000;
const NO_CODE = [] as const;
const ROUNDS = 25;
const WARM_UP = 3;
const source = asSourceId('tasks.md');

const texts = Array.from(
  { length: COUNT },
  (_, index) =>
    `T${index} [P:Group-area-${index % 500}] Implement step ${index} of the work on the parser`,
);
const tasks = texts.map((title, index): { -readonly [Key in keyof Task]: Task[Key] } => {
  const id = asTaskId(`T${index}`);
  return {
    key: taskKey(source, id),
    id,
    source,
    title,
    description: '',
    status: { status: 'pending', word: '[ ]', launchable: true },
    group: null,
    dependencies: [],
    subagent: null,
    fallbackAgents: [],
    skills: [],
    files: [],
    conflictsWith: [],
    contextFiles: [],
    priority: 2,
    run: null,
    place: { file: source, line: index + 1 },
    fingerprint: title,
  };
});

/** The peer: the group that each text names, counted by name. */
function bareLoop(): number {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const id = /\[P:Group-([^\]\s]+)\]/i.exec(text)?.[1] ?? '';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts.size;
}

function ours(): number {
  for (const task of tasks) {
    const { group } = parseMarkers({ text: task.title, code: NO_CODE });
    task.group = group === null ? null : { id: group, inferred: false };
  }
  return groupTasks(tasks, NO_FORMATS).length;
}

const LOOPS = {
  bare: bareLoop,
  ours,
  markers: () => {
    for (const text of texts) {
      parseMarkers({ text, code: NO_CODE });
    }
    return 500;
  },
  groups: () => groupTasks(tasks, NO_FORMATS).length,
};
type Loop = keyof typeof LOOPS;
const NAMES = Object.keys(LOOPS).filter((name): name is Loop => name in LOOPS);

/** Each round runs all loops, so that other load on the machine affects all of them. */
const rounds = Array.from({ length: ROUNDS + WARM_UP }, () => {
  const times: Record<Loop, number> = { bare: 0, ours: 0, markers: 0, groups: 0 };
  for (const name of NAMES) {
    const start = performance.now();
    if (LOOPS[name]() !== 500) {
      throw new Error('Something else was grouped.');
    }
    times[name] = performance.now() - start;
  }
  return times;
}).slice(WARM_UP);

function median(of: (times: Record<Loop, number>) => number): number {
  const sorted = rounds.map(of).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const TITLES = {
  bare: 'bare regular expression',
  ours: 'markers and groups',
  markers: '  markers alone',
  groups: '  groups alone',
};
for (const name of NAMES) {
  const ms = median((times) => times[name]).toFixed(1);
  const ratio = median((times) => times[name] / times.bare).toFixed(2);
  const bar = name === 'ours' ? '  (bar 1.5×)' : '';
  console.log(`${TITLES[name].padEnd(26)}${ms.padStart(6)} ms  ${ratio}×${bar}`);
}
