import type { TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { createMeasure } from '../metrics/measure.ts';
import type { RunSpec } from '../schema/run-spec.ts';
import { createAgents } from './agents/agents.ts';
import { createPolicies } from './policies.ts';
import { inSourceOrder } from './queue/ready-tasks.ts';
import { createLocks } from './queue/resource-locks.ts';
import { ReadyQueue } from './state/ready-queue.ts';
import type { RunState, SuiteRecord, TaskRecord, TaskState } from './state/state.ts';
import { createTimed } from './state/time-limit.ts';
import { enter, settle } from './transition/transition.ts';

/** The initial state of a run. */
export function createRun(plan: RunSpec, at: number): RunState {
  const order = plan.tasks.map((planned, place) => createRecord(planned, place));
  const tasks = new Map<TaskKey, TaskRecord>(order.map((record) => [record.planned.key, record]));
  link(order, tasks);
  measurePaths(order);
  const run: RunState = {
    plan,
    tasks,
    order,
    suites: { refresh: createCheck(), baseline: createCheck(), tests: createCheck() },
    ready: new Map(),
    held: new ReadyQueue(dueFirst),
    toVerify: new Set(),
    toCancel: new Set(),
    toClose: new ReadyQueue(inSourceOrder),
    ...createAgents(plan),
    timed: createTimed(),
    resourceLocks: createLocks(plan, tasks, ({ planned }) => isOurs(planned)),
    policy: createPolicies(plan),
    phases: new Map(),
    warnings: [...plan.warnings],
    measure: createMeasure(plan),
    results: new Map(),
    seq: 0,
    startedAt: at,
    now: at,
    epoch: 1,
    phase: null,
    live: 0,
    active: 0,
    unlaunched: 0,
    completed: 0,
    closing: 0,
    cancelled: false,
    timedOut: false,
    planChanges: 0,
    ended: null,
  };
  // First the known states, then the tasks that depend on them, in an order that visits each once.
  const sorted = topological(order);
  refuseCycles(order, sorted);
  for (const record of order) {
    enter(run, record, firstState(record));
  }
  for (const record of [...sorted, ...order]) {
    settle(run, record);
  }
  return run;
}

function createRecord(planned: TaskRecord['planned'], place: number): TaskRecord {
  return {
    planned,
    index: place,
    dependents: [],
    dependencies: [],
    lockRequests: [],
    waitQueue: null,
    wokenBy: null,
    unmet: 0,
    pathMs: 0,
    outside: planned.blockedBy,
    state: { kind: 'excluded', word: '' },
    attempt: 0,
    revokedCount: 0,
    retries: 0,
    throttles: 0,
    refusals: 0,
    refusedAfter: 0,
    interrupted: 0,
    choice: 0,
    repairs: 0,
    session: null,
    resume: null,
    sessionUsage: null,
    startedAt: null,
    endedAt: null,
    offset: 0,
    outcome: null,
    usage: null,
    liveUsage: null,
    evidence: [],
    changedFiles: [],
    cancelRequested: false,
    stopWhy: null,
    launchedAs: 0,
    revision: 0,
    approval: 'none',
  };
}

function createCheck(): SuiteRecord {
  return { state: { kind: 'idle' }, attempt: 0, offset: 0, interrupted: 0 };
}

function firstState({ planned }: TaskRecord): TaskState {
  if (planned.excluded !== null) {
    return { kind: 'excluded', word: planned.excluded };
  }
  if (planned.carriedFrom !== null) {
    return { kind: 'completed', close: { kind: 'open' } };
  }
  if (planned.agents.length === 0) {
    const message = planned.refusal ?? t('No agent can carry this task out.');
    const { code } = planned;
    return code === null
      ? { kind: 'failed', failure: { reason: 'invalid', message } }
      : { kind: 'failed', failure: { reason: 'rejected', code, message } };
  }
  return { kind: 'waiting' };
}

/** Whether this run has to do the task: it is neither excluded nor carried over. */
export function isOurs({ excluded, carriedFrom }: TaskRecord['planned']): boolean {
  return excluded === null && carriedFrom === null;
}

/** Finished tasks order nothing: they close no cycle and lengthen no path. */
function link(order: readonly TaskRecord[], tasks: ReadonlyMap<TaskKey, TaskRecord>): void {
  for (const record of order.filter(({ planned }) => isOurs(planned))) {
    for (const key of new Set(record.planned.dependencies)) {
      const dependency = tasks.get(key);
      if (dependency !== undefined && isOurs(dependency.planned)) {
        record.dependencies.push(dependency);
        dependency.dependents.push(record);
        record.unmet += 1;
      }
    }
  }
}

/** Dependencies before dependents; members of a cycle are omitted. */
function topological(order: readonly TaskRecord[]): TaskRecord[] {
  const open = new Map(order.map((record) => [record, record.dependencies.length]));
  const sorted = order.filter((record) => record.dependencies.length === 0);
  for (const record of sorted) {
    for (const dependent of record.dependents) {
      const left = (open.get(dependent) ?? 0) - 1;
      open.set(dependent, left);
      if (left === 0) {
        sorted.push(dependent);
      }
    }
  }
  return sorted;
}

const IN_A_CYCLE = 'in a dependency cycle';

/** Blocks members of a cycle and their dependents, which can never start. */
function refuseCycles(order: readonly TaskRecord[], sorted: readonly TaskRecord[]): void {
  const runnable = new Set(sorted);
  for (const record of order) {
    const culprits = record.dependencies.filter((dependency) => !runnable.has(dependency));
    const by = culprits.map(({ planned: { key, id } }) => ({ key, id, status: IN_A_CYCLE }));
    record.outside = [...record.outside, ...by];
  }
}

function measurePaths(order: readonly TaskRecord[]): void {
  for (const record of topological(order).toReversed()) {
    let longest = 0;
    for (const dependent of record.dependents) {
      longest = Math.max(longest, dependent.pathMs);
    }
    record.pathMs = record.planned.estimateMs + longest;
  }
}

function dueFirst(a: TaskRecord, b: TaskRecord): boolean {
  const first = dueAt(a);
  const second = dueAt(b);
  return first === second ? a.index < b.index : first < second;
}

/** When a held task is due; never for the others. */
export function dueAt(record: TaskRecord): number {
  return record.state.kind === 'held' ? record.state.until : Infinity;
}
