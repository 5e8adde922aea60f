import { strict as assert } from 'node:assert';
import { keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, type Rehearsal } from '../../../support/coordinator/rehearsal.ts';

const asking = (maxConcurrent = 4): Rehearsal =>
  launchedRun(
    runPlan(['T1', 'T2', plannedTask('T3', { after: ['T1'] })], {
      approveEachTask: true,
      maxConcurrent,
    }),
  );

const asked = ({ actions }: Rehearsal): string[] =>
  actions.flatMap((action) => (action.type === 'approval.requested' ? [action.task] : []));

function says(run: Rehearsal, id: string, allowed: boolean): Rehearsal {
  return run.happens({ type: 'approval.given', task: keyOf(id), allowed, by: 'VS Code' });
}

describe('a run whose every task a person has to allow', () => {
  it('asks about what could start, and starts nothing by itself', () => {
    const run = asking();
    assert.deepEqual(asked(run), [keyOf('T1'), keyOf('T2')]);
    assert.deepEqual(run.live(), []);
    assert.equal(run.wakeAt, null);
  });

  it('starts a task once it is allowed, and asks about its dependents when it is done', () => {
    const run = says(asking(), 'T1', true);
    assert.deepEqual(run.launched(), ['T1']);
    run.completes('T1');
    assert.deepEqual(asked(run), [keyOf('T3')]);
  });

  it('asks about no more tasks than could run at once', () => {
    const run = asking(1);
    assert.deepEqual(asked(run), [keyOf('T1')]);
    says(run, 'T1', true);
    assert.deepEqual(asked(run), []);
    assert.deepEqual(asked(run.completes('T1')), [keyOf('T2')]);
  });

  it('does not ask again before another attempt', () => {
    const run = says(asking(), 'T1', true).ends('T1', 'timeout').wakes(500);
    assert.deepEqual(run.launched(), ['T1']);
  });

  it('fails a task that a person refuses, naming who, and blocks what waits for it', () => {
    const run = says(asking(), 'T1', false);
    assert.deepEqual(run.kinds(), ['failed', 'ready', 'blocked']);
    assert.deepEqual(run.task('T1').state, {
      kind: 'failed',
      failure: {
        reason: 'rejected',
        code: 'POLICY_VIOLATION',
        message: 'It was not started: VS Code refused it.',
        remedy: 'Try it again to be asked again.',
      },
    });
  });

  it('takes no answer to a question that was not asked, nor a second one', () => {
    const run = says(asking(1), 'T2', true);
    assert.deepEqual(run.launched(), []);
    says(run, 'T1', true);
    assert.equal(says(run, 'T1', false).kind('T1'), 'running');
  });

  it('does not start an allowed task that was stopped meanwhile', () => {
    const run = asking().cancels('T1');
    assert.equal(says(run, 'T1', true).kind('T1'), 'cancelled');
    assert.equal(run.run.policy.asked.size, 1);
  });
});
