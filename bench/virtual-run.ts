// Shared by the benches of the coordinator: graphs of tasks, and whole runs in virtual time.
import { decide } from '../src/coordinator/run/decide.ts';
import { begin, evolve } from '../src/coordinator/run/evolve.ts';
import { ReadyQueue } from '../src/coordinator/run/state/ready-queue.ts';
import type { RunState } from '../src/coordinator/run/state/state.ts';
import type { RunEvent, RunEventBody } from '../src/coordinator/schema/events.ts';
import { FORMAT } from '../src/coordinator/schema/format.ts';
import type { PlannedTask, RunSpec } from '../src/coordinator/schema/run-spec.ts';
import type { TaskKey } from '../src/shared/ids.ts';
import { outcome, testsResult } from '../test/support/coordinator/outcomes.ts';
import { plannedTask, runPlan } from '../test/support/coordinator/plans.ts';

/** Tasks in parallel. */
export const SLOTS = 8;

export type Durations = ReadonlyMap<TaskKey, number>;

/** The indices of the tasks that task `index` depends on. */
export type Shape = (index: number, random: () => number) => number[];

/** A fact that becomes known at `at`; `place` keeps facts of the same time in order. */
interface Due {
  readonly at: number;
  readonly place: number;
  readonly event: RunEventBody;
}

/** Numbers in [0, 1), the same in every run of this file (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** At most `most` dependencies, each one of the `reach` tasks before. */
export function randomShape(most: number, reach: number): Shape {
  return (index, random) =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, () =>
      Math.max(0, index - 1 - Math.floor(random() * reach)),
    ).filter((before) => before < index);
}

export function all(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

export function tasksOf(count: number, shape: Shape, random: () => number): PlannedTask[] {
  return all(count).map((index) =>
    plannedTask(`T${index}`, { after: shape(index, random).map((before) => `T${before}`) }),
  );
}

export function startRun(tasks: PlannedTask[], apart: RunSpec['mutexes'] = []): RunState {
  const plan = runPlan(tasks, { maxConcurrent: SLOTS, mutexes: apart });
  const run = begin({ v: FORMAT, seq: 1, at: 0, event: { type: 'run.started', plan } });
  if (run === null) {
    throw new Error('The run does not start');
  }
  return run;
}

/** Simulates a run in which every task succeeds after its duration. Returns the number of events. */
export function play(run: RunState, durations: Durations): number {
  const due = new ReadyQueue<Due>((a, b) => (a.at === b.at ? a.place < b.place : a.at < b.at));
  let events = 1;
  let at = 0;
  const apply = (event: RunEventBody): void => {
    events += 1;
    const line: RunEvent = { v: FORMAT, seq: events, at, event };
    evolve(run, line);
    for (let { action } = decide(run); action !== null; { action } = decide(run)) {
      events += 1;
      evolve(run, { v: FORMAT, seq: events, at, event: action });
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

/** The fact that follows a decision, and its delay. */
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

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function report(what: string, ratio: number, bar: number): void {
  const verdict = ratio <= bar ? '' : '  OVER';
  console.log(`  ${what.padEnd(34)} ${ratio.toFixed(3)}×  (bar ${bar}×)${verdict}`);
  if (ratio > bar) {
    process.exitCode = 1;
  }
}
