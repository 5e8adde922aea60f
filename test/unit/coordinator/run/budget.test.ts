import { strict as assert } from 'node:assert';
import { projectMetadata } from '../../../../src/coordinator/projections/project-metadata.ts';
import { budgetWords, spentOn } from '../../../../src/coordinator/run/budget.ts';
import { addUsage } from '../../../../src/coordinator/run/evolve-attempt.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import type { RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { agentPlan, keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, type Rehearsal } from '../../../support/coordinator/rehearsal.ts';

const NO_FILES = { of: () => ({ logs: [], directory: null }), report: null };
const usd = (maxCostUsd: number): Partial<RunSpec> => ({ budget: { maxCostUsd, maxTokens: null } });

function uses(run: Rehearsal, id: string, costUsd: number | null, tokens = 0): Rehearsal {
  const { attempt, offset } = run.task(id);
  const usage = { inputTokens: tokens, outputTokens: 0, costUsd };
  const silent = { step: null, needsYou: null, throttledUntil: null };
  const about = { task: keyOf(id), attempt, offset, usage };
  return run.happens({ type: 'attempt.progress', ...about, ...silent });
}

function words(run: Rehearsal): string[] {
  return run.run.policy.findings.map(({ severity, message }) => `${severity}: ${message}`);
}

function stopped({ actions }: Rehearsal): RunEventBody[] {
  return actions.filter(({ type }) => type === 'attempt.cancel.requested');
}

const TWO = { ...usd(5), maxConcurrent: 2 };

describe('a budget', () => {
  it('warns once when four fifths of it are spent', () => {
    const run = uses(launchedRun(runPlan(['T1'], usd(5))), 'T1', 3.99);
    assert.deepEqual(words(run), []);
    uses(uses(run, 'T1', 4), 'T1', 4.5);
    assert.deepEqual(words(run), ["warning: $4.00 of the run's budget of $5.00 are spent."]);
    assert.deepEqual(run.run.warnings, ["$4.00 of the run's budget of $5.00 are spent."]);
  });

  it('lets nothing start once it is spent, and says what was spent of what', () => {
    const run = launchedRun(runPlan(['T1', 'T2', 'T3'], { ...usd(5), maxConcurrent: 1 }));
    uses(run, 'T1', 5.03);
    assert.deepEqual(words(run), [
      "violation: The run's budget of $5.00 is spent ($5.03): nothing more is launched.",
    ]);
    assert.deepEqual(run.kinds(), ['running', 'failed', 'failed']);
    assert.deepEqual(run.task('T2').state, {
      kind: 'failed',
      failure: {
        reason: 'rejected',
        code: 'POLICY_VIOLATION',
        message: "The run's budget of $5.00 is spent ($5.03), so it was not started.",
        remedy: 'Raise policies.budget in parallel-groups.json, then run the group again.',
      },
    });
    run.completes('T1');
    assert.deepEqual(run.kinds(), ['completed', 'failed', 'failed']);
  });

  it('stops the attempt that was started last for each further report, the reporting one or not', () => {
    const run = launchedRun(runPlan(['T1', 'T2', 'T3'], usd(5)));
    uses(run, 'T3', 5);
    assert.deepEqual(stopped(run), []);
    uses(run, 'T1', 0.1);
    assert.deepEqual(stopped(run), [
      { type: 'attempt.cancel.requested', task: keyOf('T3'), attempt: 1, why: 'budget' },
    ]);
    uses(run, 'T1', 0.2);
    assert.deepEqual(stopped(run), [
      { type: 'attempt.cancel.requested', task: keyOf('T2'), attempt: 1, why: 'budget' },
    ]);
    run.ends('T3', 'cancelled').ends('T2', 'cancelled');
    assert.deepEqual(run.kinds(), ['running', 'failed', 'failed']);
    const { state } = run.task('T3');
    assert.equal(state.kind === 'failed' && state.failure.reason, 'rejected');
  });

  it('stops nothing for a report that says nothing new, nor for one of an attempt that is being stopped', () => {
    const run = uses(launchedRun(runPlan(['T1', 'T2'], usd(5))), 'T1', 5);
    assert.deepEqual(stopped(uses(run, 'T1', 5)), []);
    assert.equal(stopped(uses(run, 'T1', 6)).length, 1);
    assert.deepEqual(stopped(uses(run, 'T2', 1)), []);
  });

  it('stops nothing for more of what it does not limit, such as the cost that an agent reports at its end', () => {
    const tokens = { budget: { maxCostUsd: null, maxTokens: 300 } };
    const run = uses(launchedRun(runPlan(['T1', 'T2'], tokens)), 'T1', null, 390);
    assert.deepEqual(stopped(uses(run, 'T1', 0.03, 390)), []);
    assert.equal(stopped(uses(run, 'T1', 0.03, 391)).length, 1);
    const cost = uses(launchedRun(runPlan(['T1', 'T2'], usd(5))), 'T1', 5, 100);
    assert.deepEqual(stopped(uses(cost, 'T1', 5, 200)), []);
  });

  it('keeps what an attempt had done when it ended well before it could be stopped', () => {
    const run = launchedRun(runPlan(['T1'], usd(5)));
    uses(uses(run, 'T1', 5), 'T1', 6);
    assert.equal(run.completes('T1').kind('T1'), 'completed');
  });

  it('tries nothing again once it is spent', () => {
    const run = uses(launchedRun(runPlan(['T1'], usd(5))), 'T1', 5).ends('T1', 'timeout');
    const { state } = run.task('T1');
    assert.equal(
      state.kind === 'failed' && state.failure.message,
      "The run's budget of $5.00 is spent ($5.00), so it is not tried again.",
    );
  });

  it('counts what ended attempts had used, and each attempt once', () => {
    const run = launchedRun(runPlan(['T1', 'T2'], TWO));
    uses(run, 'T1', 2);
    const usage = { inputTokens: 1, outputTokens: 1, costUsd: 2.5 };
    const end = { offset: 300, outcome: { ...outcome(null), usage }, jitter: 0 };
    run.happens({ type: 'attempt.ended', task: keyOf('T1'), attempt: 1, ...end });
    assert.equal(run.run.policy.spent.costNanos, 2.5e9);
  });

  it('refuses a task that is freed only after it was spent', () => {
    const run = launchedRun(runPlan(['T1', plannedTask('T2')], usd(5)));
    const busy = { key: keyOf('X'), id: 'X', status: 'pending' };
    const blocked = launchedRun(runPlan(['T1', plannedTask('T2', { blockedBy: [busy] })], usd(5)));
    uses(blocked, 'T1', 5);
    assert.equal(blocked.kind('T2'), 'blocked');
    assert.equal(blocked.outside('T2', []).kind('T2'), 'failed');
    assert.equal(run.kind('T2'), 'running');
  });

  it('counts tokens too, and speaks of the limit that is nearer', () => {
    const budget = { maxCostUsd: 5, maxTokens: 2000 };
    const run = uses(launchedRun(runPlan(['T1'], { budget })), 'T1', 1, 1700);
    assert.deepEqual(words(run), [
      "warning: 1,700 tokens of the run's budget of 2,000 tokens are spent.",
    ]);
  });

  it('is told in the words of the limit that is nearer, with what was spent of it', () => {
    const both = { maxCostUsd: 5, maxTokens: 2000 };
    const words = (budget: RunSpec['budget'], costUsd: number, tokens: number): string | null =>
      budgetWords(uses(launchedRun(runPlan(['T1'], { budget })), 'T1', costUsd, tokens).run);
    assert.equal(words(both, 0.42, 10), '$0.42 of $5.00');
    assert.equal(words(both, 0.42, 1700), '1,700 tokens of 2,000 tokens');
    assert.equal(words({ maxCostUsd: null, maxTokens: null }, 1, 1), null);
  });

  it('of nothing lets nothing start', () => {
    const run = launchedRun(runPlan(['T1'], usd(0)));
    assert.equal(run.kind('T1'), 'failed');
  });

  it('is not a limit where there is none', () => {
    const run = uses(launchedRun(runPlan(['T1'])), 'T1', 1e6, 1e9);
    assert.deepEqual(words(run), []);
  });
});

describe('what an attempt cost', () => {
  const price = { inputPerMTok: 3, outputPerMTok: 15 };
  const used = { inputTokens: 1000, outputTokens: 200, costUsd: null };

  it('is what the agent says, before any price', () => {
    assert.deepEqual(spentOn({ ...used, costUsd: 0.5 }, price), { costNanos: 5e8, tokens: 1200 });
  });

  it('is its tokens by their price where the agent names none', () => {
    assert.deepEqual(spentOn(used, price), { costNanos: 6_000_000, tokens: 1200 });
    const run = launchedRun(
      runPlan([plannedTask('T1', { agents: [agentPlan('codex', { price })] })]),
    );
    const { attempt } = run.task('T1');
    const silent = { step: null, needsYou: null, throttledUntil: null };
    const about = { task: keyOf('T1'), attempt, offset: 1, usage: used };
    run.happens({ type: 'attempt.progress', ...about, ...silent });
    assert.equal(run.run.policy.spent.costNanos, 6_000_000);
  });

  it('is marked as estimated in the task and in what is said of the budget', () => {
    const tasks = [plannedTask('T1', { agents: [agentPlan('codex', { price })] })];
    const run = launchedRun(runPlan(tasks, usd(0.0075)));
    const { attempt } = run.task('T1');
    const silent = { step: null, needsYou: null, throttledUntil: null };
    const about = { task: keyOf('T1'), attempt, offset: 1, usage: used };
    run.happens({ type: 'attempt.progress', ...about, ...silent });
    assert.match(words(run).join(), /warning: \$0\.006 \(estimated\) of the run's budget/);
    assert.deepEqual(run.task('T1').liveUsage, { ...used, costUsd: 0.006, costEstimated: true });
    run.happens({
      type: 'attempt.ended',
      task: keyOf('T1'),
      attempt,
      offset: 2,
      jitter: 0,
      outcome: { ...outcome(null), usage: used },
    });
    const { usage } = run.task('T1');
    assert.deepEqual(usage, { ...used, costUsd: 0.006, costEstimated: true });
    const whole = addUsage(usage, { ...used, costUsd: 1 });
    assert.equal(whole?.costEstimated, true);
    assert.equal(addUsage({ ...used, costUsd: 1 }, null)?.costEstimated, undefined);
    const { results, usage: total } = projectMetadata(run.run, NO_FILES);
    assert.equal(results[0]?.usage?.cost_estimated, true);
    assert.equal(total.cost_estimated, true);
  });

  it('is nothing where neither is known', () => {
    assert.deepEqual(spentOn(used, null), { costNanos: 0, tokens: 1200 });
    assert.deepEqual(spentOn(null, price), { costNanos: 0, tokens: 0 });
  });
});
