import { strict as assert } from 'node:assert';
import { agentPlan, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, START } from '../../../support/coordinator/rehearsal.ts';

const busy = { key: plannedTask('X9').key, id: 'X9', status: 'in progress' };

describe('a failed attempt', () => {
  it('is tried again after a wait that grows, then fails for good', () => {
    const run = launchedRun(runPlan(['T1'])).ends('T1', 'timeout');
    assert.deepEqual(run.task('T1').state, { kind: 'held', until: START + 500, why: 'backoff' });
    assert.equal(run.wakeAt, START + 500);
    run.wakes(500);
    assert.deepEqual(run.actions, [
      { type: 'attempt.requested', task: run.task('T1').planned.key, attempt: 2, choice: 0 },
    ]);
    run.ends('T1', 'dropped');
    assert.equal(run.wakeAt, START + 500 + 1000);
    run.wakes(1000).ends('T1', 'exit');
    assert.equal(run.kind('T1'), 'failed');
    assert.equal(run.task('T1').attempt, 3);
  });

  it('is not tried again before its time', () => {
    const run = launchedRun(runPlan(['T1']))
      .ends('T1', 'timeout')
      .wakes(499);
    assert.equal(run.kind('T1'), 'held');
  });

  it('waits as long on a replay, because its jitter is part of what happened', () => {
    const run = launchedRun(runPlan(['T1'])).ends('T1', 'timeout', 0.4);
    assert.equal(run.wakeAt, START + 520);
  });

  it('gives its slot to another task while it waits', () => {
    const run = launchedRun(runPlan(['T1', 'T2'], { maxConcurrent: 1 })).ends('T1', 'timeout');
    assert.deepEqual(run.launched(), ['T2']);
  });

  it('fails for good where repeating cannot help, and stops no other task', () => {
    const run = launchedRun(runPlan(['T1', 'T2'])).ends('T1', 'invalid');
    assert.deepEqual(run.kinds(), ['failed', 'running']);
    assert.deepEqual(run.task('T1').state, {
      kind: 'failed',
      failure: { reason: 'invalid', message: 'No such model.' },
    });
  });

  it('goes on with the next agent of its task where this one cannot be used, then the next', () => {
    const agents = [agentPlan('claude'), agentPlan('codex'), agentPlan('gemini')];
    const run = launchedRun(runPlan([plannedTask('T1', { agents })]));
    run.ends('T1', 'authentication');
    assert.deepEqual(run.actions, [
      { type: 'attempt.requested', task: run.task('T1').planned.key, attempt: 2, choice: 1 },
    ]);
    run.ends('T1', 'not_started');
    assert.equal(run.task('T1').choice, 2);
    run.ends('T1', 'authentication');
    assert.equal(run.kind('T1'), 'failed');
  });

  it('counts as live for the agent that made it, not for the one that takes over', () => {
    const agents = [agentPlan('claude'), agentPlan('codex')];
    const run = launchedRun(runPlan([plannedTask('T1', { agents })]));
    run.ends('T1', 'authentication');
    const live = [...run.run.windows].map(([agent, window]) => [agent, window.live]);
    assert.deepEqual(live, [
      ['claude', 0],
      ['codex', 1],
    ]);
  });

  it('is counted as interrupted where its runner vanished', () => {
    const run = launchedRun(runPlan(['T1'])).ends('T1', 'interrupted');
    assert.equal(run.task('T1').interrupted, 1);
    assert.equal(run.task('T1').retries, 1);
  });

  it('is cancelled where a person stopped it from outside', () => {
    const run = launchedRun(runPlan(['T1', plannedTask('T2', { after: ['T1'] })]));
    run.ends('T1', 'cancelled');
    assert.deepEqual(run.kinds(), ['cancelled', 'blocked']);
  });

  it('is not tried again while a dependency outside is open again', () => {
    const run = launchedRun(runPlan(['T1', plannedTask('T2', { after: ['T1'] }), 'T3']));
    run.outside('T1', [busy]);
    assert.equal(run.kind('T1'), 'running');
    run.ends('T1', 'timeout').wakes(500);
    assert.deepEqual(run.task('T1').state, { kind: 'blocked', by: [busy] });
    assert.equal(run.kind('T2'), 'blocked');
    run.outside('T1', []);
    assert.deepEqual(run.kinds(), ['running', 'waiting', 'running']);
  });

  it('goes to no other agent while a dependency outside is open again', () => {
    const agents = [agentPlan('claude'), agentPlan('codex')];
    const run = launchedRun(runPlan([plannedTask('T1', { agents }), 'T2'])).outside('T1', [busy]);
    run.ends('T1', 'authentication');
    assert.equal(run.kind('T1'), 'blocked');
    run.outside('T1', []);
    assert.equal(run.kind('T1'), 'running');
    assert.equal(run.task('T1').choice, 1);
  });
});

describe('an attempt that never started', () => {
  it('is requested anew under the next number and counts for nothing', () => {
    const run = launchedRun(runPlan(['T1'])).revokes('T1');
    const { attempt, revokedCount, retries, startedAt } = run.task('T1');
    assert.deepEqual(
      { attempt, voided: revokedCount, retries },
      { attempt: 2, voided: 1, retries: 0 },
    );
    assert.equal(startedAt, START);
  });

  it('leaves no trace of a start', () => {
    const run = launchedRun(runPlan(['T1', 'T2'], { maxConcurrent: 1 })).outside('T1', [busy]);
    run.revokes('T1');
    assert.equal(run.kind('T1'), 'blocked');
    assert.equal(run.task('T1').startedAt, null);
    assert.deepEqual(run.live(), ['T2']);
  });

  it('keeps the start of the attempts before it', () => {
    const run = launchedRun(runPlan(['T1']))
      .ends('T1', 'timeout')
      .wakes(500)
      .revokes('T1');
    assert.equal(run.task('T1').startedAt, START);
    assert.equal(run.task('T1').attempt, 3);
  });
});
