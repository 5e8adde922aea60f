// The tree of 10,000 tasks in 100 groups: how often VS Code requests rows, and the time from the plan to the items that
// VS Code gets, compared with a bare loop that creates as many plain objects. VS Code itself does not run: its few
// classes are stand-ins (bench/vscode-stand-in.ts), and the bench acts like it: it requests everything that was fired
// again, with all expanded rows below it.
//   node bench/tree.ts
import type { TreeDataProvider } from 'vscode';
import { assemblePlan } from '../src/coordinator/plan/assemble-plan.ts';
import { evolve } from '../src/coordinator/run/evolve.ts';
import type { RunEventBody } from '../src/coordinator/schema/events.ts';
import { FORMAT } from '../src/coordinator/schema/format.ts';
import type { Plan, Task } from '../src/coordinator/schema/task.ts';
import { GroupProjections } from '../src/engine/projection/project-groups.ts';
import { Emitter } from '../src/shared/emitter.ts';
import type { Layout } from '../src/views/tree/model/layout.ts';
import type { TreeNode } from '../src/views/tree/model/nodes.ts';
import { keyOf, plannedTask, runPlan } from '../test/support/coordinator/plans.ts';
import { recordedRun } from '../test/support/coordinator/recorded-run.ts';
import { makeSnapshot, makeTask } from '../test/support/make-task.ts';
import { registerStandIn } from './vscode-stand-in.ts';

registerStandIn();
const { GroupsTree } = await import('../src/views/tree/groups-tree.ts');

const GROUPS = 100;
const TASKS = 100;
const ROUNDS = 15;

function tasksOf(round: number): Task[] {
  return Array.from({ length: GROUPS * TASKS }, (_, index) =>
    makeTask(`T${index}`, {
      title: `Write part ${index} of the api`,
      group: `g${Math.floor(index / TASKS)}`,
      fingerprint: `do T${index}`,
      place: { file: 'tasks.md', line: index + 1 },
      dependencies: index % 10 === 9 ? [`T${index - 1}`] : [],
      ...(index === 5000 ? { title: `Write it, round ${round}` } : {}),
    }),
  );
}

const planOf = (tasks: readonly Task[]): Plan => assemblePlan([makeSnapshot('tasks.md', tasks)]);
const run = recordedRun(
  runPlan(Array.from({ length: TASKS }, (_, index) => plannedTask(`T${index}`))),
  [
    { type: 'attempt.requested', task: keyOf('T0'), attempt: 1, choice: 0 },
    { type: 'attempt.claimed', task: keyOf('T0'), attempt: 1, pid: 4711 },
  ],
);
const holder = { holder: 'mine', name: null, suspended: null } as const;
const changes = new Emitter<undefined>();
const layouts = new Emitter<undefined>();
const projections = new GroupProjections();
let layout: Layout = { viewBy: 'group', waves: false, filter: null };
let plan = planOf(tasksOf(0));
const none = {};
const first = plan.groups[0]?.key;

const tree = new GroupsTree({
  windowModel: {
    groups: () =>
      projections.of({
        plan,
        subagents: none,
        workspaceRoot: '/workspace',
        now: run.startedAt,
        allowed: true,
        runOf: (key) => (key === first ? { state: run, holder } : null),
        runProblemOf: () => null,
      }),
    folders: () => [],
    onChange: changes.subscribe,
  },
  expansion: { isOpen: () => true },
  options: {
    get layout() {
      return layout;
    },
    onChange: layouts.subscribe,
  },
});

let items = 0;
let lists = 0;
/** Acts like VS Code with a row: requests its item, and the rows below it. */
function ask(provider: TreeDataProvider<TreeNode>, node?: TreeNode): void {
  if (node !== undefined) {
    items += 1;
    void provider.getTreeItem(node);
    if (node.kind === 'task') {
      return;
    }
  }
  lists += 1;
  const below = provider.getChildren(node);
  for (const each of Array.isArray(below) ? below : []) {
    ask(provider, each);
  }
}
tree.onDidChangeTreeData((nodes) => {
  if (nodes === undefined) {
    ask(tree);
  } else {
    for (const node of nodes) {
      ask(tree, node);
    }
  }
});

interface Cost {
  readonly ms: number;
  readonly items: number;
  readonly lists: number;
}

/** Measures the time of `work`, the best of all rounds, and the number of row requests in the last one. */
function measure(work: (round: number) => void): Cost {
  const times: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    items = 0;
    lists = 0;
    const start = performance.now();
    work(round);
    times.push(performance.now() - start);
  }
  return { ms: Math.min(...times), items, lists };
}

/** The tree delays its refresh after a change; after a change of the layout it refreshes everything at once. */
const draw = (): void => layouts.fire(undefined);

function step(round: number): RunEventBody {
  const quiet = { needsYou: null, throttledUntil: null, usage: null };
  return {
    type: 'attempt.progress',
    task: keyOf('T0'),
    attempt: 1,
    offset: round,
    step: `step ${round}`,
    ...quiet,
  };
}

const bare = (count: number): Cost =>
  measure(() => {
    const made = Array.from({ length: count }, (_, index) => ({
      id: `tasks.md#T${index}`,
      label: `T${index} Write part ${index} of the api`,
      description: 'backend-architect',
      iconPath: { id: 'circle-large-outline', color: { id: 'testing.iconUnset' } },
      contextValue: 'task',
      command: { command: 'open', title: 'Show', arguments: [{ task: index }] },
    }));
    items = made.length;
  });

const plans = Array.from({ length: ROUNDS + 1 }, (_, round) => planOf(tasksOf(round)));
const cold = measure(() => ask(tree));
const whole = measure((round) => {
  layout = { ...layout, waves: round % 2 === 1 };
  draw();
});
layout = { viewBy: 'group', waves: false, filter: null };
draw();
const nothing = measure(draw);
const task = measure((round) => {
  evolve(run, { v: FORMAT, seq: run.seq + 1, at: run.now, event: step(round) });
  draw();
});
const edited = measure((round) => {
  plan = plans[round] ?? plan;
  draw();
});
tree.dispose();
const all = bare(GROUPS * TASKS + GROUPS);

console.log(`${GROUPS * TASKS} tasks in ${GROUPS} groups, all unfolded; best of ${ROUNDS}`);
const report = (what: string, { ms, items: asked, lists: listed }: Cost): void => {
  console.log(
    `${what.padEnd(46)} ${ms.toFixed(2).padStart(8)} ms ${(ms / all.ms).toFixed(2).padStart(7)}×  ${String(asked).padStart(6)} getTreeItem ${String(listed).padStart(4)} getChildren`,
  );
};
report('bare loop that makes as many plain objects', all);
report('every row asked for', cold);
report('another structure: waves on or off', whole);
report('nothing changed', nothing);
report('one event of one task of a run', task);
report('one title edited in a file of all tasks', edited);
console.log(
  `one task's event beside the whole tree: ${(task.ms / whole.ms).toFixed(4)}× (bar 0.1×), ${task.items} of ${whole.items} rows asked for (bar 1)`,
);
if (task.items > 1 || task.ms / whole.ms > 0.1) {
  process.exitCode = 1;
}

console.log('\nAn event of a run, from the event on');
await import('./events.ts');
