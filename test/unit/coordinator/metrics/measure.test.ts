import assert from 'node:assert/strict';
import { createMeasure, measure } from '../../../../src/coordinator/metrics/measure.ts';
import { summarize } from '../../../../src/coordinator/metrics/summary.ts';
import type { Outcome } from '../../../../src/coordinator/schema/attempt.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import type { Failure } from '../../../../src/shared/failure.ts';
import type {
  MetricsRow,
  MetricsView,
  Usage,
} from '../../../../src/shared/view-models/group-views.ts';
import { agentPlan, keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';

const offset = 0;
const at = (id: string, attempt: number) => ({ task: keyOf(id), attempt });

const requested = (id: string, attempt: number, choice = 0): RunEventBody => ({
  type: 'attempt.requested',
  ...at(id, attempt),
  choice,
});
const claimed = (id: string, attempt: number): RunEventBody => ({
  type: 'attempt.claimed',
  ...at(id, attempt),
  pid: 1,
});
const ended = (
  id: string,
  attempt: number,
  failure: Failure | null,
  changes: Partial<Outcome> = {},
): RunEventBody => ({
  type: 'attempt.ended',
  ...at(id, attempt),
  offset,
  jitter: 0,
  outcome: {
    failure,
    exitCode: failure === null ? 0 : 1,
    signal: null,
    durationMs: 1000,
    summary: null,
    sessionId: null,
    usage: null,
    edits: [],
    denials: [],
    lastWord: null,
    ...changes,
  },
});
const checked = (id: string, attempt: number, ok = true): RunEventBody => ({
  type: 'evidence.checked',
  ...at(id, attempt),
  evidence: [{ kind: 'diff', ok, detail: '' }],
  files: [],
});
const progress = (
  id: string,
  attempt: number,
  throttledUntil: number | null,
  usage: Usage | null = null,
): RunEventBody => ({
  type: 'attempt.progress',
  ...at(id, attempt),
  offset,
  step: null,
  needsYou: null,
  throttledUntil,
  usage,
});
const crash: Failure = { reason: 'exit', exitCode: 1, message: 'No.' };
const used = (inputTokens: number, outputTokens: number, costUsd: number | null): Usage => ({
  inputTokens,
  outputTokens,
  costUsd,
});

/** What the events come to, in a run of T1 and T2; T2 has a fallback. */
function measured(events: readonly RunEventBody[]): MetricsView {
  const price = { inputPerMTok: 3, outputPerMTok: 15 };
  const plan = runPlan([
    plannedTask('T1', { agents: [agentPlan('claude')] }),
    plannedTask('T2', {
      agents: [agentPlan('codex', { subagent: 'test-engineer', price }), agentPlan('claude')],
    }),
  ]);
  const run = createMeasure(plan);
  for (const event of events) {
    measure(run, event);
  }
  return summarize(run);
}

function row(events: readonly RunEventBody[]): MetricsRow {
  return measured(events).total;
}

describe('global job context: metrics per agent, folded from what happened', () => {
  it('counts an attempt that ended well and was proven as a success', () => {
    const { attempts, successes, successRate, p50Ms, p95Ms } = row([
      requested('T1', 1),
      claimed('T1', 1),
      ended('T1', 1, null, { durationMs: 2000 }),
      checked('T1', 1),
    ]);
    assert.deepEqual([attempts, successes, successRate, p50Ms, p95Ms], [1, 1, 1, 2000, 2000]);
  });

  it('counts one that ended well without evidence as a failure', () => {
    const { successes, failures, successRate } = row([
      requested('T1', 1),
      ended('T1', 1, null),
      checked('T1', 1, false),
    ]);
    assert.deepEqual(
      [successes, failures, successRate],
      [0, [{ reason: 'no_evidence', count: 1 }], 0],
    );
  });

  it('counts failures by their class, and what comes after one as a retry', () => {
    const { attempts, retries, failures, successRate } = row([
      requested('T1', 1),
      ended('T1', 1, crash),
      requested('T1', 2),
      ended('T1', 2, { reason: 'timeout', limitMs: 1, message: 'Late.' }),
      requested('T1', 3),
      ended('T1', 3, null),
      checked('T1', 3),
      requested('T2', 1),
      ended('T2', 1, null),
      checked('T2', 1),
    ]);
    assert.deepEqual([attempts, retries, successRate], [4, 2, 0.5]);
    assert.deepEqual(failures, [
      { reason: 'exit', count: 1 },
      { reason: 'timeout', count: 1 },
    ]);
  });

  it('counts throttling apart: it is neither a failure nor makes the next attempt a retry', () => {
    const { attempts, throttles, failures, retries, successRate } = row([
      requested('T1', 1),
      ended('T1', 1, { reason: 'throttled', message: 'Slow down.' }),
      requested('T1', 2),
      progress('T1', 2, 5000),
      progress('T1', 2, 6000),
      progress('T1', 2, null),
      progress('T1', 2, 9000),
      ended('T1', 2, null),
      checked('T1', 2),
    ]);
    assert.deepEqual([attempts, throttles, failures, retries, successRate], [2, 3, [], 0, 1]);
  });

  it('judges no agent by what a person stopped or the machine interrupted', () => {
    const { attempts, successRate, p50Ms, failures } = row([
      requested('T1', 1),
      ended('T1', 1, { reason: 'interrupted', message: 'Gone.' }),
      requested('T2', 1),
      ended('T2', 1, { reason: 'cancelled', message: 'Stopped.' }),
    ]);
    assert.deepEqual([attempts, successRate, p50Ms], [2, null, null]);
    assert.equal(failures.length, 2);
  });

  it('counts nothing that was revoked before it started, and nothing twice', () => {
    const { attempts, successes } = row([
      requested('T1', 1),
      { type: 'attempt.revoked', ...at('T1', 1) },
      requested('T1', 2),
      claimed('T1', 2),
      claimed('T1', 2),
      ended('T1', 2, null),
      ended('T1', 2, null),
      checked('T1', 2),
      checked('T1', 2),
      ended('T1', 1, crash),
    ]);
    assert.deepEqual([attempts, successes], [1, 1]);
  });

  it('sums tokens, and takes the price where the agent names no cost', () => {
    const { inputTokens, outputTokens, costUsd } = row([
      requested('T1', 1),
      progress('T1', 1, null, used(500, 50, 0.5)),
      ended('T1', 1, crash),
      requested('T2', 1),
      ended('T2', 1, null, { usage: used(1_000_000, 100_000, null) }),
    ]);
    assert.deepEqual([inputTokens, outputTokens, costUsd], [1_000_500, 100_050, 0.5 + 3 + 1.5]);
  });

  it('marks a cost as estimated that comes from a price, in its own rows and in all that it is part of', () => {
    const { agents, total } = measured([
      requested('T1', 1),
      ended('T1', 1, null, { usage: used(500, 50, 0.5) }),
      requested('T2', 1),
      ended('T2', 1, null, { usage: used(1_000_000, 100_000, null) }),
    ]);
    assert.deepEqual(
      agents.map(({ name, costEstimated }) => [name, costEstimated === true]),
      [
        ['claude', false],
        ['codex', true],
      ],
    );
    assert.equal(total.costEstimated, true);
  });

  it('knows no cost where nobody says and no price is known', () => {
    const { costUsd } = row([
      requested('T1', 1),
      ended('T1', 1, null, { usage: used(10, 1, null) }),
    ]);
    assert.equal(costUsd, null);
  });

  it('keeps agents and subagents apart, a fallback under its own name', () => {
    const { agents, subagents } = measured([
      requested('T1', 1),
      ended('T1', 1, null),
      requested('T2', 1),
      ended('T2', 1, crash),
      requested('T2', 2, 1),
      ended('T2', 2, null),
    ]);
    const counts = (rows: readonly MetricsRow[]) =>
      rows.map(({ name, attempts, retries }) => [name, attempts, retries]);
    assert.deepEqual(counts(agents), [
      ['claude', 2, 1],
      ['codex', 1, 0],
    ]);
    assert.deepEqual(counts(subagents), [
      ['backend-architect', 2, 1],
      ['test-engineer', 1, 0],
    ]);
  });
});
