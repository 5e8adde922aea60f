import { strict as assert } from 'node:assert';
import type { Blocker } from '../../../../src/shared/view-models/group-views.ts';
import { keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, Rehearsal } from '../../../support/coordinator/rehearsal.ts';

const inside = (id: string, status: string): Blocker => ({ key: keyOf(id), id, status });
const elsewhere = inside('X9', 'in progress');
const chain = runPlan([
  'T1',
  plannedTask('T2', { after: ['T1'] }),
  plannedTask('T3', { after: ['T2'] }),
]);

describe('a dependency that failed or was cancelled', () => {
  it('blocks its dependents by its name, and theirs by theirs', () => {
    const run = launchedRun(chain).ends('T1', 'denied');
    assert.deepEqual(run.task('T2').state, { kind: 'blocked', by: [inside('T1', 'failed')] });
    assert.deepEqual(run.task('T3').state, { kind: 'blocked', by: [inside('T2', 'blocked')] });
  });

  it('blocks them when only the evidence is missing, too', () => {
    const run = launchedRun(chain).ends('T1', null).proves('T1', false);
    assert.deepEqual(run.kinds(), ['failed', 'blocked', 'blocked']);
  });

  it('blocks them when it was cancelled while it ran', () => {
    const run = launchedRun(chain).cancels('T1');
    assert.equal(run.kind('T2'), 'waiting');
    run.ends('T1', 'cancelled');
    assert.deepEqual(run.task('T2').state, { kind: 'blocked', by: [inside('T1', 'cancelled')] });
  });

  it('blocks them when it was cancelled before it ran', () => {
    const run = new Rehearsal(chain).cancels('T1');
    assert.deepEqual(run.kinds(), ['cancelled', 'blocked', 'blocked']);
  });

  it('blocks them when it was cancelled and never started', () => {
    const run = launchedRun(chain).cancels('T1').revokes('T1');
    assert.deepEqual(run.kinds(), ['cancelled', 'blocked', 'blocked']);
  });

  it('is named beside every other', () => {
    const run = launchedRun(
      runPlan(['T1', 'T2', 'T3', plannedTask('T4', { after: ['T1', 'T2', 'T3'] })]),
    );
    run.ends('T1', 'denied').completes('T3').ends('T2', 'cancelled');
    assert.deepEqual(run.task('T4').state, {
      kind: 'blocked',
      by: [inside('T1', 'failed'), inside('T2', 'cancelled')],
    });
  });

  it('leaves the others alone', () => {
    const run = launchedRun(
      runPlan([
        'T1',
        'T2',
        plannedTask('T3', { after: ['T1'] }),
        plannedTask('T4', { after: ['T2'] }),
      ]),
    );
    run.ends('T1', 'denied').completes('T2');
    assert.deepEqual(run.kinds(), ['failed', 'completed', 'blocked', 'running']);
  });

  it('is shown as cancelled to its dependents once it is cancelled while it is blocked', () => {
    const run = launchedRun(runPlan([...chain.tasks, 'T4']))
      .ends('T1', 'denied')
      .cancels('T2');
    assert.deepEqual(run.task('T3').state, { kind: 'blocked', by: [inside('T2', 'cancelled')] });
  });
});

describe('a dependency outside of the run', () => {
  const blocked = runPlan([
    plannedTask('T1', { blockedBy: [elsewhere] }),
    plannedTask('T2', { after: ['T1'] }),
    'T3',
  ]);

  it('holds its task back while others run', () => {
    assert.deepEqual(launchedRun(blocked).live(), ['T3']);
  });

  it('frees its task, and what waits for it, as soon as its source says that it is done', () => {
    const run = launchedRun(blocked).outside('T1', []);
    assert.deepEqual(run.launched(), ['T1']);
    assert.equal(run.kind('T2'), 'waiting');
    assert.equal(run.completes('T1').kind('T2'), 'running');
  });

  it('frees its task before anything was launched', () => {
    const run = new Rehearsal(blocked).outside('T1', []).prepares();
    assert.deepEqual(run.live(), ['T1', 'T3']);
  });

  it('goes on blocking while another is open', () => {
    const run = launchedRun(blocked).outside('T1', [inside('X8', 'unknown')]);
    assert.deepEqual(run.task('T1').state, { kind: 'blocked', by: [inside('X8', 'unknown')] });
  });

  it('blocks a task that has not started when it is opened again', () => {
    const run = launchedRun(runPlan(['T1', 'T2'], { maxConcurrent: 1 })).outside('T2', [elsewhere]);
    assert.deepEqual(run.task('T2').state, { kind: 'blocked', by: [elsewhere] });
    assert.equal(run.completes('T1').run.phase, 'post_execution');
  });

  it('blocks a task that waits for another try', () => {
    const run = launchedRun(runPlan(['T1', 'T2']))
      .ends('T1', 'timeout')
      .outside('T1', [elsewhere]);
    assert.equal(run.kind('T1'), 'blocked');
    assert.equal(run.wakeAt, null);
  });

  it('does not free a task whose dependency inside has failed', () => {
    const both = plannedTask('T2', { after: ['T1'], blockedBy: [elsewhere] });
    const run = launchedRun(runPlan(['T1', both, 'T3']))
      .ends('T1', 'denied')
      .outside('T2', []);
    assert.deepEqual(run.task('T2').state, { kind: 'blocked', by: [inside('T1', 'failed')] });
  });

  it('resolves no cycle', () => {
    const circle = [plannedTask('T1', { after: ['T2'] }), plannedTask('T2', { after: ['T1'] })];
    const run = launchedRun(runPlan([...circle, 'T3']))
      .outside('T1', [])
      .outside('T2', []);
    assert.deepEqual(run.task('T1').state, {
      kind: 'blocked',
      by: [inside('T2', 'in a dependency cycle')],
    });
  });

  it('changes nothing for a task that runs or has ended', () => {
    const run = launchedRun(runPlan(['T1', 'T2', 'T3']))
      .completes('T2')
      .ends('T3', 'denied');
    for (const id of ['T1', 'T2', 'T3']) {
      run.outside(id, [elsewhere]);
    }
    assert.deepEqual(run.kinds(), ['running', 'completed', 'failed']);
  });

  it('comes too late once the run validates its work', () => {
    const run = launchedRun(blocked).completes('T3');
    assert.equal(run.run.phase, 'post_execution');
    assert.equal(run.outside('T1', []).kind('T1'), 'blocked');
  });
});
