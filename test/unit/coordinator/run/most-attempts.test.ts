import { strict as assert } from 'node:assert';
import { mostAttempts } from '../../../../src/coordinator/run/most-attempts.ts';
import { agentPlan, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, type Rehearsal } from '../../../support/coordinator/rehearsal.ts';

const rehearsed = (): Rehearsal => {
  const agents = [agentPlan('claude', { maxRetries: 1 }), agentPlan('codex', { maxRetries: 2 })];
  return launchedRun(runPlan([plannedTask('T1', { agents }), 'T2'], { maxConcurrent: 1 }));
};
const most = (run: Rehearsal): number => mostAttempts(run.task('T1'));

describe('the most attempts that a task may come to', () => {
  it('stay the same through the retries of an agent', () => {
    const run = rehearsed();
    assert.equal(most(run), 2);
    assert.equal(most(run.ends('T1', 'timeout')), 2);
    assert.equal(most(run.completes('T2').wakes(500)), 2);
  });

  it('are more once another agent takes over, with retries of its own', () => {
    assert.equal(most(rehearsed().ends('T1', 'not_started')), 4);
  });

  it('are one more for each wait for the provider', () => {
    assert.equal(most(rehearsed().ends('T1', 'throttled')), 3);
  });

  it('are those that there were, where all are used up', () => {
    const run = rehearsed().cancels('T2').ends('T1', 'not_started');
    run.ends('T1', 'exit').wakes(500).ends('T1', 'exit').wakes(1000).ends('T1', 'exit');
    assert.deepEqual([run.kind('T1'), most(run)], ['failed', 4]);
  });
});
