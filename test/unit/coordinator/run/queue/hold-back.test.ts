import { strict as assert } from 'node:assert';
import { runPlan } from '../../../../support/coordinator/plans.ts';
import { launchedRun, Rehearsal } from '../../../../support/coordinator/rehearsal.ts';

const MEMORY = 'only 512 MiB of memory are free, 1024 are kept free';

describe('a run that is held back', () => {
  it('launches nothing while the machine has no room, and goes on once it has', () => {
    const run = new Rehearsal(runPlan(['T1', 'T2']));
    run.happens({ type: 'launch_pause.changed', reason: MEMORY }).prepares();
    assert.deepEqual(run.live(), []);
    assert.equal(run.run.ended, null);
    run.happens({ type: 'launch_pause.changed', reason: null });
    assert.deepEqual(run.launched(), ['T1', 'T2']);
  });

  it('lets go on what runs', () => {
    const run = launchedRun(runPlan(['T1', 'T2'], { maxConcurrent: 1 }));
    run.happens({ type: 'launch_pause.changed', reason: MEMORY }).completes('T1');
    assert.deepEqual(run.kinds(), ['completed', 'ready']);
  });

  it('launches no more than the window leaves to it', () => {
    const run = new Rehearsal(runPlan(['T1', 'T2', 'T3']));
    run.happens({ type: 'quota.changed', quota: 1 }).prepares();
    assert.deepEqual(run.live(), ['T1']);
    run.happens({ type: 'quota.changed', quota: 2 });
    assert.deepEqual(run.launched(), ['T2']);
    run.happens({ type: 'quota.changed', quota: null });
    assert.deepEqual(run.launched(), ['T3']);
  });
});

describe('tests that are required', () => {
  it('speak as a policy where none ran, before the run ends without closing anything', () => {
    const run = launchedRun(runPlan(['T1'], { testsRequired: true, tests: null })).completes('T1');
    assert.deepEqual(run.run.policy.findings, [
      {
        severity: 'violation',
        code: 'POLICY_VIOLATION',
        task: null,
        message: 'Tests are required, but there is no test command: nothing was closed.',
      },
    ]);
    assert.equal(run.exitCode(), 1);
  });

  it('say nothing where they failed: that speaks for itself', () => {
    const run = launchedRun(runPlan(['T1'], { testsRequired: true })).completes('T1');
    run.checks('tests', 'failed');
    assert.deepEqual(run.run.policy.findings, []);
  });
});
