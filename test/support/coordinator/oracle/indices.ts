import type { RunPlan } from '../../../../src/coordinator/run-plan.ts';
import { ReadyQueue } from '../../../../src/coordinator/run/ready-queue.ts';
import { compareReady } from '../../../../src/coordinator/run/ready-tasks.ts';
import type { RunState, TaskRecord } from '../../../../src/coordinator/run/state.ts';
import type { TaskKey } from '../../../../src/shared/ids.ts';
import type { Blocker } from '../../../../src/shared/views.ts';
import { drained } from '../projection.ts';
import { graphOf } from './graph.ts';
import { blockedBy, kindsOf } from './kinds.ts';
import type { Model, ModelTask, ModelWindow } from './model.ts';

/** Everything that the state keeps only in order to find it fast. */
export interface Indices {
  readonly kinds: Readonly<Record<TaskKey, string>>;
  /** In the order of the source where the state's own order says nothing. */
  readonly blockers: Readonly<Record<TaskKey, readonly Blocker[]>>;
  /** By agent, first to be launched first. */
  readonly ready: Readonly<Record<string, readonly TaskKey[]>>;
  readonly held: readonly TaskKey[];
  readonly toCheck: readonly TaskKey[];
  readonly toCancel: readonly TaskKey[];
  readonly toClose: readonly TaskKey[];
  /** By agent: attempts that run. */
  readonly running: Readonly<Record<string, number>>;
  /** By agent, where its provider has complained. */
  readonly windows: Readonly<Record<string, ModelWindow>>;
  readonly counts: Readonly<
    Record<'live' | 'active' | 'unlaunched' | 'completed' | 'closing', number>
  >;
}

/** As the state keeps them. */
export function keptIndices(run: RunState): Indices {
  const keys = (records: Iterable<TaskRecord>): TaskKey[] =>
    Array.from(records, ({ planned }) => planned.key);
  const { live, active, unlaunched, completed, closing } = run;
  return {
    kinds: Object.fromEntries(run.order.map(({ planned, state }) => [planned.key, state.kind])),
    blockers: Object.fromEntries(
      run.order.flatMap(({ planned, state }) =>
        state.kind === 'blocked' ? [[planned.key, sorted(state.by)]] : [],
      ),
    ),
    ready: Object.fromEntries(
      [...run.ready]
        .map(([agent, queue]) => [agent, keys(withThoseInLines(run, agent, queue))] as const)
        .filter(([, waiting]) => waiting.length > 0),
    ),
    held: keys(drained(run.held)),
    toCheck: keys(run.toCheck).toSorted(),
    toCancel: keys(run.toCancel).toSorted(),
    toClose: keys(drained(run.toClose)),
    running: Object.fromEntries(
      [...run.windows]
        .filter(([, { live }]) => live !== 0)
        .map(([agent, { live }]) => [agent, live]),
    ),
    windows: narrowed(run.plan, [...run.windows]),
    counts: { live, active, unlaunched, completed, closing },
  };
}

/** Tasks that wait for a lane, sorted in where they would stand in their agent's queue. */
function withThoseInLines(
  run: RunState,
  agent: string,
  queue: ReadyQueue<TaskRecord>,
): TaskRecord[] {
  const waiting = run.order.filter(
    ({ line, planned, choice }) => line !== null && planned.agents[choice]?.agent === agent,
  );
  if (waiting.length === 0) {
    return drained(queue);
  }
  const all = new ReadyQueue(compareReady(run));
  for (const record of [...drained(queue), ...waiting]) {
    all.add(record);
  }
  return drained(all);
}

const known = new WeakMap<Model, Indices>();

/** As they follow from the model. */
export function trueIndices(model: Model): Indices {
  const indices = known.get(model) ?? findIndices(model);
  known.set(model, indices);
  return indices;
}

function findIndices(model: Model): Indices {
  const kinds = kindsOf(model);
  const keys = (tasks: readonly ModelTask[]): TaskKey[] => tasks.map(({ planned }) => planned.key);
  const where = (test: (task: ModelTask) => boolean): ModelTask[] => model.tasks.filter(test);
  const among = (...wanted: string[]): ModelTask[] =>
    where((task) => wanted.includes(kinds.get(task) ?? ''));
  const pending = among('waiting', 'ready', 'held');
  const live = among('running', 'checking');
  return {
    kinds: Object.fromEntries([...kinds].map(([task, kind]) => [task.planned.key, kind])),
    blockers: Object.fromEntries(
      [...blockedBy(model)].map(([task, by]) => [task.planned.key, sorted(by)]),
    ),
    ready: Object.fromEntries(
      byAgent(readyInOrder(model)).map(([agent, tasks]) => [agent, keys(tasks)]),
    ),
    held: keys(among('held').toSorted((a, b) => dueAt(a) - dueAt(b) || a.index - b.index)),
    toCheck: keys(where(({ fate }) => fate.kind === 'checking' && !fate.requested)).toSorted(),
    toCancel: keys(
      where(
        ({ fate, stop, why }) =>
          fate.kind === 'running' && (stop || why !== null) && !fate.stopping,
      ),
    ).toSorted(),
    toClose: keys(where(({ fate }) => fate.kind === 'completed' && fate.close === 'open')),
    running: Object.fromEntries(
      byAgent(among('running')).map(([agent, tasks]) => [agent, tasks.length]),
    ),
    windows: narrowed(model.plan, Object.entries(model.windows)),
    counts: {
      live: live.length,
      active: live.length + pending.length,
      unlaunched: pending.filter(({ attempt, voided }) => attempt === voided).length,
      completed: among('completed').length,
      closing: where(({ fate }) => fate.kind === 'completed' && fate.close === 'requested').length,
    },
  };
}

/** The tasks that could be launched now, first to be launched first. */
export function readyInOrder(model: Model): ModelTask[] {
  const kinds = kindsOf(model);
  const ready = model.tasks.filter((task) => kinds.get(task) === 'ready');
  if (model.plan.sequential) {
    return ready;
  }
  const { paths } = graphOf(model.plan);
  const path = (task: ModelTask): number => paths[task.index] ?? 0;
  return ready.toSorted(
    (a, b) => a.planned.priority - b.planned.priority || path(b) - path(a) || a.index - b.index,
  );
}

/** The agent that would carry out a task's next attempt; empty where there is none. */
export function agentOf({ planned, choice }: ModelTask): string {
  return planned.agents[choice]?.agent ?? '';
}

function byAgent(tasks: readonly ModelTask[]): [string, ModelTask[]][] {
  return [...new Set(tasks.map(agentOf))].map((agent) => [
    agent,
    tasks.filter((task) => agentOf(task) === agent),
  ]);
}

function narrowed(
  { maxConcurrent }: RunPlan,
  windows: readonly (readonly [string, ModelWindow])[],
): Record<string, ModelWindow> {
  return Object.fromEntries(
    windows
      .filter(([, { limit, closedUntil }]) => limit !== maxConcurrent || closedUntil > 0)
      .map(([agent, { limit, closedUntil }]) => [agent, { limit, closedUntil }]),
  );
}

function dueAt({ fate }: ModelTask): number {
  return fate.kind === 'held' ? fate.until : Infinity;
}

function sorted(blockers: readonly Blocker[]): Blocker[] {
  return blockers.toSorted((a, b) => `${a.key} ${a.status}`.localeCompare(`${b.key} ${b.status}`));
}
