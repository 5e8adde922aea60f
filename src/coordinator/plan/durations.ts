import * as z from 'zod/mini';
import type { RunState, TaskRecord } from '../run/state/state.ts';
import { agentOf } from '../run/transition/transition.ts';

const ms = z.number().check(z.nonnegative());

/** `.parallel-groups/durations.json`: durations of successful attempts, ms. Means weigh recent attempts more. */
export const durationsSchema = z.object({
  v: z.literal(1),
  /** By source and fingerprint. `at`: when it was recorded, ms since the epoch. */
  tasks: z.record(z.string(), z.object({ ms, at: z.number() })),
  /** By subagent and agent. */
  pairs: z.record(z.string(), z.object({ ms, agent: z.string(), at: z.number() })),
});
export type Durations = z.infer<typeof durationsSchema>;

export const NOTHING_LEARNED: Durations = { v: 1, tasks: {}, pairs: {} };

/** Weight of the newest duration in a mean. */
const NEWEST = 0.3;
/** Maximum number of entries; the oldest are dropped first. */
const MOST_TASKS = 5000;
const MOST_PAIRS = 200;

/** Adds the successful attempts of a run. */
export function learn(known: Durations, { plan, order, now }: RunState): Durations {
  const tasks = new Map(Object.entries(known.tasks));
  const pairs = new Map(Object.entries(known.pairs));
  for (const record of order) {
    const took = tookMs(record);
    const agent = agentOf(record);
    if (took === null || agent === undefined) {
      continue;
    }
    const task = taskName(plan.source, record.planned.fingerprint);
    tasks.set(task, { ms: mean(tasks.get(task)?.ms, took), at: now });
    const pair = pairName(agent.subagent, agent.agent);
    pairs.set(pair, { ms: mean(pairs.get(pair)?.ms, took), agent: agent.agent, at: now });
  }
  return {
    v: 1,
    tasks: Object.fromEntries(newest(tasks, MOST_TASKS)),
    pairs: Object.fromEntries(newest(pairs, MOST_PAIRS)),
  };
}

/** A task whose duration is estimated. */
export interface Estimated {
  readonly source: string;
  readonly fingerprint: string;
  readonly subagent: string;
  /** `undefined`: no agent can do it. */
  readonly agent: string | undefined;
}

/** Expected duration of a task, ms: its own last duration, else the mean of its subagent, its agent or all; else 1. */
export function estimate(
  known: Durations,
  { source, fingerprint, subagent, agent }: Estimated,
): number {
  const pairs = Object.values(known.pairs);
  return (
    own(known.tasks, taskName(source, fingerprint))?.ms ??
    own(known.pairs, pairName(subagent, agent ?? ''))?.ms ??
    average(pairs.filter((pair) => pair.agent === agent)) ??
    average(pairs) ??
    1
  );
}

/** Duration of the attempt that proved the task; `null` if none did in this run. */
function tookMs({ state, planned, outcome }: TaskRecord): number | null {
  const proven = state.kind === 'completed' && planned.carriedFrom === null;
  return proven && outcome?.failure === null ? outcome.durationMs : null;
}

function mean(before: number | undefined, now: number): number {
  return before === undefined ? now : before + NEWEST * (now - before);
}

function average(known: readonly { readonly ms: number }[]): number | null {
  return known.length === 0 ? null : known.reduce((sum, each) => sum + each.ms, 0) / known.length;
}

function newest<T extends { readonly at: number }>(
  all: ReadonlyMap<string, T>,
  most: number,
): [string, T][] {
  const entries = [...all];
  return entries.length <= most
    ? entries
    : entries.toSorted(([, a], [, b]) => b.at - a.at).slice(0, most);
}

/** Keys come from a file: inherited properties of objects do not count. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function taskName(source: string, fingerprint: string): string {
  return JSON.stringify([source, fingerprint]);
}

function pairName(subagent: string, agent: string): string {
  return JSON.stringify([subagent, agent]);
}
