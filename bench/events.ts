// The cost of one event of a run in the extension host, from the event on: evolve, messages, projection, tree. Eight
// agents report ten times a second each, the most that runners send, in a group of 100, 1,000 and 10,000 tasks with all
// rows expanded. VS Code's classes are stand-ins (bench/vscode-stand-in.ts); the bench requests fired rows again.
//   npm run bench -- tree
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TreeDataProvider } from 'vscode';
import { createCoordinatorBus } from '../src/coordinator/messages/coordinator-bus.ts';
import { assemblePlan } from '../src/coordinator/plan/assemble-plan.ts';
import { evolve } from '../src/coordinator/run/evolve.ts';
import type { RunState } from '../src/coordinator/run/state/state.ts';
import type { RunEventBody } from '../src/coordinator/schema/events.ts';
import { FORMAT } from '../src/coordinator/schema/format.ts';
import { GroupProjections } from '../src/engine/projection/project-groups.ts';
import { Emitter } from '../src/shared/emitter.ts';
import { Gather } from '../src/shared/gather.ts';
import { asGroupKey } from '../src/shared/ids.ts';
import { systemClock } from '../src/system/clock.ts';
import type { TreeNode } from '../src/views/tree/model/nodes.ts';
import { keyOf, plannedTask, runPlan } from '../test/support/coordinator/plans.ts';
import { recordedRun } from '../test/support/coordinator/recorded-run.ts';
import { makeSnapshot, makeTask } from '../test/support/make-task.ts';
import { registerStandIn } from './vscode-stand-in.ts';

registerStandIn();
const { GroupsTree } = await import('../src/views/tree/groups-tree.ts');

const AGENTS = 8;
const EVENTS_A_SECOND = 10;
const SECONDS = 4;
const BAR_MS = 1.5;
const BAR_GROWTH = 3;

/** Milliseconds of the extension host for one event in a group of `count` tasks. */
async function costOfEvent(count: number): Promise<number> {
  const ids = Array.from({ length: count }, (_, index) => `T${index}`);
  const plan = assemblePlan([
    makeSnapshot(
      'tasks.md',
      ids.map((id) =>
        makeTask(id, { title: `Write ${id}`, group: 'auth', fingerprint: `do ${id}` }),
      ),
    ),
  ]);
  const run = recordedRun(
    runPlan(
      ids.map((id) => plannedTask(id)),
      { maxConcurrent: AGENTS },
    ),
    ids.slice(0, AGENTS).flatMap((id): RunEventBody[] => [
      { type: 'attempt.requested', task: keyOf(id), attempt: 1, choice: 0 },
      { type: 'attempt.claimed', task: keyOf(id), attempt: 1, pid: 4711 },
    ]),
  );
  const window = openWindow(plan, run);
  await sleep(200);
  const start = performance.eventLoopUtilization();
  let events = 0;
  const agents = ids.slice(0, AGENTS).map(async (id, place) => {
    await sleep((place * 1000) / (EVENTS_A_SECOND * AGENTS));
    for (let step = 1; step <= EVENTS_A_SECOND * SECONDS; step += 1) {
      window.happen(progress(id, step));
      events += 1;
      await sleep(1000 / EVENTS_A_SECOND);
    }
  });
  await Promise.all(agents);
  await sleep(100);
  const { active } = performance.eventLoopUtilization(start);
  window.dispose();
  return active / events;
}

function progress(id: string, step: number): RunEventBody {
  return {
    type: 'attempt.progress',
    task: keyOf(id),
    attempt: 1,
    offset: step,
    step: `step ${step}`,
    needsYou: null,
    throttledUntil: null,
    usage: null,
  };
}

/** Opens the parts of a window that an event passes through. */
function openWindow(
  plan: ReturnType<typeof assemblePlan>,
  run: RunState,
): { readonly happen: (event: RunEventBody) => void; readonly dispose: () => void } {
  const bus = createCoordinatorBus();
  const projections = new GroupProjections();
  const changes = new Emitter<undefined>();
  const gather = new Gather(
    50,
    () => {
      changes.fire(undefined);
    },
    (ms, call) => systemClock.after(ms, call),
  );
  const group = asGroupKey(run.plan.group);
  const about = { group, run: run.plan.run, state: run };
  bus.subscribe('run.event', 'workspace', (message) => {
    bus.publish('workspace.changed', { root: '/workspace', group: message.group, plan: null });
  });
  bus.subscribe('workspace.changed', 'window', () => {
    gather.notify();
  });
  const none = {};
  const holder = { holder: 'mine', name: null, suspended: null } as const;
  const tree = new GroupsTree({
    windowModel: {
      groups: () =>
        projections.of({
          plan,
          subagents: none,
          workspaceRoot: '/workspace',
          now: run.now,
          allowed: true,
          runOf: (key) => (key === group ? { state: run, holder } : null),
          runProblemOf: () => null,
        }),
      folders: () => [],
      onChange: changes.subscribe,
    },
    expansion: { isOpen: () => true },
    options: {
      layout: { viewBy: 'group', waves: false, filter: null },
      onChange: new Emitter<undefined>().subscribe,
    },
  });
  ask(tree);
  tree.onDidChangeTreeData((nodes) => {
    for (const node of nodes ?? [undefined]) {
      ask(tree, node);
    }
  });
  return {
    happen: (event) => {
      evolve(run, { v: FORMAT, seq: run.seq + 1, at: run.now, event });
      bus.publish('run.event', { ...about, seq: run.seq, at: run.now, event });
    },
    dispose: () => {
      gather.dispose();
      tree.dispose();
    },
  };
}

/** Acts like VS Code: requests a row's item and the rows below it. */
function ask(provider: TreeDataProvider<TreeNode>, node?: TreeNode): void {
  if (node !== undefined) {
    void provider.getTreeItem(node);
    if (node.kind === 'task') {
      return;
    }
  }
  const below = provider.getChildren(node);
  for (const each of Array.isArray(below) ? below : []) {
    ask(provider, each);
  }
}

const costs: number[] = [];
for (const count of [100, 1000, 10_000]) {
  const ms = await costOfEvent(count);
  costs.push(ms);
  console.log(`${String(count).padStart(6)} tasks: ${ms.toFixed(2).padStart(6)} ms an event`);
}
const [, thousand = Infinity, tenThousand = Infinity] = costs;
console.log(
  `1,000 tasks: ${thousand.toFixed(2)} ms (bar ${BAR_MS}); 10,000: ${(tenThousand / thousand).toFixed(2)}× that (bar ${BAR_GROWTH}×)`,
);
if (thousand > BAR_MS || tenThousand / thousand > BAR_GROWTH) {
  process.exitCode = 1;
}
