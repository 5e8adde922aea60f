import fc from 'fast-check';
import type { PlannedTask, RunSpec } from '../../../src/coordinator/schema/run-spec.ts';
import { asAgentId, asRunId } from '../../../src/shared/ids.ts';
import { FAILURES } from './outcomes.ts';
import { agentPlan, checkPlan, keyOf, plannedTask, runPlan } from './plans.ts';
import { START } from './rehearsal.ts';
import type { Answer } from './world.ts';

/** One step of a script that applies to any state of the run. Numbers are modulo the number of choices. */
export interface Step {
  readonly act:
    | 'answer'
    | 'cancel task'
    | 'cancel run'
    | 'nudge'
    | 'outside'
    | 'other'
    | 'external'
    | 'crash'
    | 'late';
  readonly afterMs: number;
  readonly pick: number;
  readonly well: boolean;
  readonly answer: Answer;
}

const failures = [
  ...Object.values(FAILURES),
  // More frequent than the others: failures that open breakers or repeatedly narrow windows.
  ...Array.from({ length: 4 }, () => FAILURES.exit),
  ...Array.from({ length: 4 }, () => ({
    reason: 'throttled' as const,
    message: 'Overloaded.',
  })),
];

const answers: fc.Arbitrary<Answer> = fc.record({
  how: fc.oneof(
    { weight: 6, arbitrary: fc.constant('end' as const) },
    { weight: 3, arbitrary: fc.constantFrom('claim' as const, 'progress' as const) },
    { weight: 1, arbitrary: fc.constant('revoke' as const) },
  ),
  failure: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...failures) },
  ),
  tests: fc.constantFrom('passed', 'passed', 'failed', 'none', 'skipped', null),
  jitter: fc.constantFrom(0, 0.5, 0.99),
  tokens: fc.constantFrom(0, 10, 40, 200),
  known: fc.oneof({ weight: 8, arbitrary: fc.constant(true) }, fc.constant(false)),
});

/** Mostly answers; each field is ordered so that shrinking leads to the simplest step. */
export const steps: fc.Arbitrary<Step> = fc.record({
  act: fc.oneof(
    { weight: 50, arbitrary: fc.constant('answer' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        'nudge',
        'nudge',
        'nudge',
        'outside',
        'other',
        'external',
        'crash',
        'late',
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom('cancel task', 'cancel task', 'cancel run', 'crash') },
  ),
  afterMs: fc.constantFrom(0, 0, 1, 400, 1000, 30_000),
  pick: fc.nat(10_000),
  well: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  answer: answers,
});

/** Half of the steps are crashes. */
export const storms: fc.Arbitrary<Step> = fc
  .tuple(steps, fc.constantFrom('crash' as const, null))
  .map(([step, crash]) => (crash === null ? step : { ...step, act: crash }));

/** A task of a random plan, before its place in the plan is known. */
const draft = fc.record({
  /** Positions relative to others, turned into dependencies by `tasksOf`. */
  links: fc.array(fc.nat(1000), { maxLength: 3 }),
  priority: fc.constantFrom(2, 2, 2, 0, 4),
  estimateMs: fc.constantFrom(1, 1, 5, 60),
  agents: fc.oneof(
    {
      weight: 15,
      arbitrary: fc.constantFrom(
        ['claude'],
        ['codex'],
        ['claude', 'codex'],
        ['codex', 'mine', 'claude'],
        ['run'],
      ),
    },
    fc.constant([]),
  ),
  maxRetries: fc.nat(2),
  bears: fc.constantFrom(...Array<null>(6).fill(null), 1, 2, 3),
  resumes: fc.constantFrom(true, true, true, false),
  price: fc.constantFrom(null, { inputPerMTok: 3, outputPerMTok: 15 }),
  special: fc.constantFrom(...Array<null>(30).fill(null), 'excluded', 'carried', 'outside'),
});
type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never;

function taskOf(each: Draft, place: number, dependencies: readonly string[]): PlannedTask {
  const { priority, estimateMs, maxRetries, price, special } = each;
  const key = keyOf('elsewhere');
  return plannedTask(`T${place}`, {
    after: dependencies,
    priority,
    estimateMs,
    agents: each.agents.map((agent) =>
      agentPlan(agent, {
        maxRetries,
        provider: agent === 'mine' ? 'claude' : '',
        maxConcurrent: each.bears,
        price,
        resume: each.resumes ? { kind: 'argv', argv: [agent, '--resume', '{session}'] } : null,
      }),
    ),
    excluded: special === 'excluded' ? 'done' : null,
    carriedFrom: special === 'carried' ? asRunId('20250101T000000Z-000000') : null,
    blockedBy: special === 'outside' ? [{ key, id: 'elsewhere', status: 'pending' }] : [],
  });
}

/** Makes a graph whose edges follow a random order of the tasks, so that the source's order is not the graph's. */
function tasksOf(
  drafts: readonly Draft[],
  order: readonly number[],
  circular: boolean,
): PlannedTask[] {
  const rank = drafts.map((_, place) => order[place] ?? place);
  const byRank = drafts
    .map((_, place) => place)
    .toSorted((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0));
  return drafts.map((each, place) => {
    const before = byRank.slice(0, circular ? undefined : byRank.indexOf(place));
    const dependencies =
      before.length === 0 ? [] : each.links.map((at) => `T${before[at % before.length] ?? 0}`);
    return taskOf(each, place, dependencies);
  });
}

/** A file that some tasks name, or a folder in which the others name files; numbers as in a step. */
const encounter = fc.record({
  path: fc.constantFrom('src', null),
  members: fc.oneof(
    fc.array(fc.nat(1000), { maxLength: 8 }),
    fc.array(fc.nat(1000), { minLength: 30, maxLength: 60 }),
  ),
  inside: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
});
type Encounter = typeof encounter extends fc.Arbitrary<infer T> ? T : never;
const encounters = fc.oneof(fc.constant<Encounter[]>([]), fc.array(encounter, { maxLength: 6 }));

function mutexOf(
  tasks: readonly PlannedTask[],
  { path, members, inside }: Encounter,
): RunSpec['mutexes'][number] {
  const keys = new Set(members.flatMap((each) => tasks[each % tasks.length]?.key ?? []));
  const all = [...keys];
  return { path, tasks: all, inside: all.filter((_, place) => path !== null && inside[place]) };
}

const openBreaker = fc.record({
  agent: fc.constantFrom('claude', 'codex').map(asAgentId),
  until: fc.constantFrom(START - 1, START + 900, START + 40_000),
});

/** Generates plans of at most `most` tasks, some of them with cycles. */
export function plans(most: number): fc.Arbitrary<RunSpec> {
  return fc
    .record({
      drafts: fc.array(draft, { minLength: 1, maxLength: most, size: 'max' }),
      order: fc.array(fc.nat(1000), { minLength: most, maxLength: most }),
      circular: fc.constantFrom(...Array<boolean>(9).fill(false), true),
      sequential: fc.constantFrom(false, false, false, true),
      maxConcurrent: fc.integer({ min: 1, max: 6 }),
      retryDelayMs: fc.constantFrom(500, 500, 0),
      repairs: fc.constantFrom(0, 1, 1, 2),
      suite: fc.boolean(),
      testsRequired: fc.constantFrom(false, false, true),
      budget: fc.record({
        maxCostUsd: fc.constantFrom(...Array<null>(8).fill(null), 0.0005, 0.003),
        maxTokens: fc.constantFrom(...Array<null>(10).fill(null), 0, 50, 500),
      }),
      limits: fc.record({
        taskTimeoutMs: fc.constantFrom(null, null, null, 1500, 20_000, 70_000),
        runTimeoutMs: fc.constantFrom(...Array<null>(8).fill(null), 5000, 90_000),
      }),
      breaker: fc.record({
        failures: fc.constantFrom(1, 2, 3, 3),
        cooldownMs: fc.constantFrom(0, 700, 30_000),
      }),
      openBreakers: fc.array(openBreaker, { maxLength: 2, size: 'xsmall' }),
      meetings: encounters,
    })
    .map(({ drafts, order, circular, suite, meetings, ...rest }) => {
      const tasks = tasksOf(drafts, order, circular);
      return runPlan(tasks, {
        ...rest,
        tests: suite ? checkPlan('npm test') : null,
        mutexes: meetings.map((each) => mutexOf(tasks, each)),
      });
    });
}
