import { strict as assert } from 'node:assert';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { checkPlan, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, Rehearsal, START } from '../../../support/coordinator/rehearsal.ts';

const chain = runPlan(['T1', plannedTask('T2', { after: ['T1'] })]);
const jobs = ({ actions }: Rehearsal): string[] =>
  actions.flatMap((action) => (action.type === 'check.requested' ? [action.job] : []));

describe('the phases of a run', () => {
  it('begin with the context refresh and the baseline, at once', () => {
    const run = new Rehearsal(chain);
    assert.equal(run.run.phase, 'pre_execution');
    assert.deepEqual(jobs(run), ['refresh', 'baseline']);
  });

  it('take no baseline where nothing is going to be launched', () => {
    const run = new Rehearsal(runPlan([plannedTask('T1', { excluded: 'done' })]));
    assert.deepEqual(jobs(run), ['refresh']);
  });

  it('take no baseline without a suite', () => {
    assert.deepEqual(jobs(new Rehearsal({ ...chain, tests: null })), ['refresh']);
  });

  for (const [first, second] of [
    ['refresh', 'baseline'],
    ['baseline', 'refresh'],
  ] as const) {
    it(`launch nothing before the ${second} has ended too`, () => {
      const run = new Rehearsal(chain).checks(first);
      assert.deepEqual(run.live(), []);
      run.checks(second);
      assert.equal(run.run.phase, 'concurrent_execution');
      assert.deepEqual(run.launched(), ['T1']);
    });
  }

  it('go on although the refresh failed', () => {
    const run = new Rehearsal({ ...chain, tests: null }).checks(
      'refresh',
      null,
      outcome('timeout'),
    );
    assert.equal(run.run.phase, 'concurrent_execution');
  });

  it('stay in the second until every runnable task was launched once', () => {
    const run = launchedRun(chain);
    assert.equal(run.run.phase, 'concurrent_execution');
    run.completes('T1');
    assert.equal(run.kind('T2'), 'running');
    assert.equal(run.run.phase, 'coordination');
  });

  it('do not wait for tasks that can no longer be launched', () => {
    const run = launchedRun(chain).ends('T1', 'denied');
    assert.equal(run.run.phase, 'post_execution');
  });

  it('are not moved back by a retry', () => {
    const run = launchedRun(runPlan(['T1', 'T2']));
    assert.equal(run.run.phase, 'coordination');
    run.ends('T1', 'timeout').wakes(500);
    assert.deepEqual(run.launched(), ['T1']);
    assert.equal(run.run.phase, 'coordination');
  });

  it('are not moved back by an attempt that turns out never to have started', () => {
    const run = launchedRun(runPlan(['T1'])).revokes('T1');
    assert.equal(run.run.phase, 'coordination');
    assert.deepEqual(run.launched(), ['T1']);
  });

  it('wait in the second for a first launch that turned out to be none', () => {
    const run = launchedRun(runPlan(['T1', 'T2'], { maxConcurrent: 1 })).revokes('T1');
    assert.equal(run.run.phase, 'concurrent_execution');
    assert.equal(run.run.unlaunched, 1);
  });

  it('reach the last when the last task has ended and is proven', () => {
    const run = launchedRun(runPlan(['T1', 'T2']))
      .completes('T1')
      .ends('T2', null);
    assert.equal(run.run.phase, 'coordination');
    run.proves('T2');
    assert.equal(run.run.phase, 'post_execution');
    assert.deepEqual(jobs(run), ['tests']);
  });

  it('are all passed by a run that has nothing to do', () => {
    const run = new Rehearsal(runPlan([], { tests: checkPlan('npm test') })).checks('refresh');
    assert.deepEqual(
      [...run.run.phases.keys()],
      ['pre_execution', 'concurrent_execution', 'coordination', 'post_execution'],
    );
    assert.deepEqual(run.run.ended, { at: START, status: 'completed', exitCode: 0 });
  });

  it('remember when each began', () => {
    const run = new Rehearsal(chain).wakes(250).prepares();
    assert.equal(run.run.phases.get('pre_execution'), START);
    assert.equal(run.run.phases.get('concurrent_execution'), START + 250);
  });
});
