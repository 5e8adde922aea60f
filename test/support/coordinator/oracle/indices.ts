import type { BreakerView } from '../../../../src/coordinator/run/agents/breaker.ts';
import { compareReady } from '../../../../src/coordinator/run/queue/ready-tasks.ts';
import { ReadyQueue } from '../../../../src/coordinator/run/state/ready-queue.ts';
import type { RunState, TaskRecord } from '../../../../src/coordinator/run/state/state.ts';
import type { RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import type { TaskKey } from '../../../../src/shared/ids.ts';
import type { Blocker } from '../../../../src/shared/view-models/group-views.ts';
import { drained } from '../projection.ts';
import { agentOf, breakerOf, providerOf } from './agents.ts';
import { graphOf } from './graph.ts';
import { blockedBy, kindsOf } from './kinds.ts';
import type { Model, ModelTask, ModelWindow } from './model.ts';
import { timedTasks } from './time-limits.ts';

/** All indices that the state keeps only for fast lookups. */
export interface Indices {
  readonly kinds: Readonly<Record<TaskKey, string>>;
  /** In the order of the source if the state's own order has no meaning. */
  readonly blockers: Readonly<Record<TaskKey, readonly Blocker[]>>;
  /** By agent, first to be launched first. */
  readonly ready: Readonly<Record<string, readonly TaskKey[]>>;
  readonly held: readonly TaskKey[];
  readonly toCheck: readonly TaskKey[];
  readonly toCancel: readonly TaskKey[];
  readonly toClose: readonly TaskKey[];
  /** By agent and by provider: running attempts. */
  readonly running: Readonly<Record<string, number>>;
  readonly requests: Readonly<Record<string, number>>;
  /** By provider, if it has throttled. */
  readonly windows: Readonly<Record<string, Omit<ModelWindow, 'succeeded'>>>;
  /** By agent that has ever failed. */
  readonly breakers: Readonly<Record<string, Standing>>;
  /** Tasks whose time limit is running, the next one to be due first. */
  readonly timed: readonly TaskKey[];
  /** Of tasks that are not over: the next agent's index, and the number of retries used. */
  readonly choices: Readonly<Record<TaskKey, readonly [number, number]>>;
  readonly counts: Readonly<
    Record<'live' | 'active' | 'unlaunched' | 'completed' | 'closing', number>
  >;
}

/** The state of a breaker: `failures` and `several` hold what matters of the tasks that it counts. */
type Standing = Pick<BreakerView, 'until' | 'failures' | 'trial'> & { readonly several: boolean };

/** Returns the indices that the state keeps. */
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
        .map(([agent, queue]) => [agent, keys(withParkedTasks(run, agent, queue))] as const)
        .filter(([, waiting]) => waiting.length > 0),
    ),
    held: keys(drained(run.held)),
    toCheck: keys(run.toVerify).toSorted(),
    toCancel: keys(run.toCancel).toSorted(),
    toClose: keys(drained(run.toClose)),
    running: liveOf(run.agents),
    requests: liveOf(run.windows),
    breakers: standing(
      Array.from(run.agents.values(), ({ agent, breaker: { openUntil, ...rest } }) => {
        const { failures, trial, several } = rest;
        return [agent, { until: openUntil, failures, trial, several }] as const;
      }),
    ),
    timed: keys(drained(run.timed)),
    choices: Object.fromEntries(
      run.order
        .filter(({ state }) => isOpen(state.kind))
        .map(({ planned, choice, retries }) => [planned.key, [choice, retries]]),
    ),
    windows: narrowed(run.plan, [...run.windows]),
    counts: { live, active, unlaunched, completed, closing },
  };
}

/** Returns an agent's queue with its tasks that wait for a lock, each at its place in the order of the queue. */
function withParkedTasks(
  run: RunState,
  agent: string,
  queue: ReadyQueue<TaskRecord>,
): TaskRecord[] {
  const waiting = run.order.filter(
    ({ waitQueue, planned, choice }) =>
      waitQueue !== null && planned.agents[choice]?.agent === agent,
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

/** Computes the indices from the model. */
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
  const live = among('running', 'verifying');
  return {
    kinds: Object.fromEntries([...kinds].map(([task, kind]) => [task.planned.key, kind])),
    blockers: Object.fromEntries(
      [...blockedBy(model)].map(([task, by]) => [task.planned.key, sorted(by)]),
    ),
    ready: Object.fromEntries(
      byAgent(readyInOrder(model)).map(([agent, tasks]) => [agent, keys(tasks)]),
    ),
    held: keys(among('held').toSorted((a, b) => dueAt(a) - dueAt(b) || a.index - b.index)),
    toCheck: keys(
      where(({ progress }) => progress.kind === 'verifying' && !progress.requested),
    ).toSorted(),
    toCancel: keys(
      where(
        ({ progress, stop, why }) =>
          progress.kind === 'running' && (stop || why !== null) && !progress.stopping,
      ),
    ).toSorted(),
    toClose: keys(
      where(({ progress }) => progress.kind === 'completed' && progress.close === 'open'),
    ),
    running: Object.fromEntries(
      byAgent(among('running')).map(([agent, tasks]) => [agent, tasks.length]),
    ),
    requests: Object.fromEntries(
      [...new Set(among('running').map(providerOf))].map((provider) => [
        provider,
        among('running').filter((task) => providerOf(task) === provider).length,
      ]),
    ),
    windows: narrowed(model.plan, Object.entries(model.windows)),
    breakers: standing(
      Object.keys(model.breakers).map((agent) => {
        const { row, openUntil, trial } = breakerOf(model, agent);
        const several = new Set(row).size > 1;
        return [agent, { until: openUntil, failures: row.length, trial, several }] as const;
      }),
    ),
    timed: keys(timedTasks(model)),
    choices: Object.fromEntries(
      model.tasks
        .filter((task) => isOpen(kinds.get(task) ?? ''))
        .map(({ planned, choice, retries }) => [planned.key, [choice, retries]]),
    ),
    counts: {
      live: live.length,
      active: live.length + pending.length,
      unlaunched: pending.filter(({ attempt, revokedCount }) => attempt === revokedCount).length,
      completed: among('completed').length,
      closing: where(
        ({ progress }) => progress.kind === 'completed' && progress.close === 'requested',
      ).length,
    },
  };
}

/** Returns the tasks that could be launched now, first to be launched first. */
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

function isOpen(kind: string): boolean {
  return ['waiting', 'ready', 'held', 'running', 'blocked'].includes(kind);
}

function liveOf(parts: ReadonlyMap<string, { readonly live: number }>): Record<string, number> {
  return Object.fromEntries(
    [...parts].filter(([, { live }]) => live !== 0).map(([name, { live }]) => [name, live]),
  );
}

function standing(breakers: readonly (readonly [string, Standing])[]): Record<string, Standing> {
  return Object.fromEntries(
    breakers.filter(([, { until, failures }]) => until !== null || failures > 0),
  );
}

function byAgent(tasks: readonly ModelTask[]): [string, ModelTask[]][] {
  return [...new Set(tasks.map(agentOf))].map((agent) => [
    agent,
    tasks.filter((task) => agentOf(task) === agent),
  ]);
}

function narrowed(
  { maxConcurrent }: RunSpec,
  windows: readonly (readonly [string, Omit<ModelWindow, 'succeeded'>])[],
): Indices['windows'] {
  return Object.fromEntries(
    windows
      .filter(([, { limit, closedUntil }]) => limit !== maxConcurrent || closedUntil > 0)
      .map(([name, { limit, closedUntil, consecutiveSuccesses }]) => [
        name,
        { limit, closedUntil, consecutiveSuccesses },
      ]),
  );
}

function dueAt({ progress }: ModelTask): number {
  return progress.kind === 'held' ? progress.until : Infinity;
}

function sorted(blockers: readonly Blocker[]): Blocker[] {
  return blockers.toSorted((a, b) => `${a.key} ${a.status}`.localeCompare(`${b.key} ${b.status}`));
}
