import { strict as assert } from 'node:assert';
import { taskDetails } from '../../../../src/engine/attempt/attempt-details.ts';
import { agentPlan, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, type Rehearsal } from '../../../support/coordinator/rehearsal.ts';

const BRIEFING = { prompt: 'Do it.', contextFile: '/context.json' };

function detailsOf({ run }: Rehearsal, id: string): ReturnType<typeof taskDetails> {
  const record = run.order.find(({ planned }) => planned.id === id);
  assert.ok(record !== undefined);
  const agent = agentPlan('claude', { resume: { kind: 'argv', argv: ['claude', '{session}'] } });
  return taskDetails(run, record, agent, BRIEFING);
}

/** A run with a budget of this many USD; `null`: with none. */
function started(maxCostUsd: number | null): Rehearsal {
  const budget = { maxCostUsd, maxTokens: null };
  return launchedRun(runPlan(['T1', 'T2'], { budget, maxConcurrent: 1 }));
}

describe('what an attempt may cost', () => {
  it('is not limited where the run has no budget', () => {
    assert.equal(detailsOf(started(null), 'T1').budgetUsd, null);
  });

  it('is what is left of the budget when it starts', () => {
    const run = started(5);
    assert.equal(detailsOf(run, 'T1').budgetUsd, 5);
    run.run.policy.spent.costNanos = 1.25e9;
    assert.equal(detailsOf(run, 'T2').budgetUsd, 3.75);
    run.run.policy.spent.costNanos = 6e9;
    assert.equal(detailsOf(run, 'T2').budgetUsd, 0);
  });

  it('is no more for a session that is taken up, whatever that had cost', () => {
    const run = started(5);
    run.run.policy.spent.costNanos = 2e9;
    const [record] = run.run.order;
    assert.ok(record !== undefined);
    record.resume = { session: 's-1', why: 'repair', message: 'Mend it.' };
    record.sessionUsage = { inputTokens: 10, outputTokens: 1, costUsd: 1.5 };
    const { budgetUsd, session, baseline } = detailsOf(run, 'T1');
    assert.equal(budgetUsd, 3);
    assert.equal(session, 's-1');
    assert.deepEqual(baseline, record.sessionUsage);
  });
});
