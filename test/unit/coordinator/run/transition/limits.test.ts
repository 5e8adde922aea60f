import { strict as assert } from 'node:assert';
import type { RunSpec } from '../../../../../src/coordinator/schema/run-spec.ts';
import { agentPlan, plannedTask, runPlan } from '../../../../support/coordinator/plans.ts';
import { launchedRun, Rehearsal, START } from '../../../../support/coordinator/rehearsal.ts';

const perTask = (ids: Parameters<typeof runPlan>[0], changes: Partial<RunSpec> = {}): RunSpec =>
  runPlan(ids, { limits: { taskTimeoutMs: 10_000, runTimeoutMs: null }, tests: null, ...changes });
const perRun = (ids: Parameters<typeof runPlan>[0], changes: Partial<RunSpec> = {}): RunSpec =>
  runPlan(ids, { limits: { taskTimeoutMs: null, runTimeoutMs: 10_000 }, tests: null, ...changes });
const failureOf = (run: Rehearsal, id: string): unknown => {
  const { state } = run.task(id);
  return state.kind === 'failed' ? [state.failure.reason, state.failure.message] : state.kind;
};
const TASK_OVER = ['timeout', 'It took longer than 10 s, all attempts and waits together.'];
const RUN_OVER = ['timeout', 'The run took longer than 10 s, all that it may take.'];

describe('the time limit of a task', () => {
  it('stops what runs, which then failed and is not tried again', () => {
    const run = launchedRun(perTask(['T1']));
    assert.equal(run.wakeAt, START + 10_000);
    run.wakes(10_000);
    const { key } = run.task('T1').planned;
    assert.deepEqual(run.actions, [
      { type: 'attempt.cancel.requested', task: key, attempt: 1, why: 'limit' },
    ]);
    assert.equal(run.wakeAt, null);
    run.ends('T1', 'cancelled');
    assert.deepEqual(failureOf(run, 'T1'), TASK_OVER);
  });

  it('counts all attempts and the waits between them', () => {
    const run = launchedRun(perTask(['T1']))
      .wakes(6000)
      .ends('T1', 'timeout')
      .wakes(500);
    assert.equal(run.kind('T1'), 'running');
    assert.equal(run.wakeAt, START + 10_000);
    run.ends('T1', 'throttled');
    assert.equal(run.kind('T1'), 'held');
    assert.equal(run.wakes(3499).kind('T1'), 'held');
    assert.deepEqual(failureOf(run.wakes(1), 'T1'), TASK_OVER);
  });

  it('starts with the first attempt, not with the run', () => {
    const run = launchedRun(perTask(['T1', 'T2'], { maxConcurrent: 1 })).wakes(7000);
    run.completes('T1').wakes(9000);
    assert.equal(run.kind('T2'), 'running');
    assert.equal(run.wakeAt, START + 17_000);
  });

  it('lets what ended well in the meantime be proven', () => {
    const run = launchedRun(perTask(['T1']))
      .wakes(10_000)
      .completes('T1');
    assert.equal(run.kind('T1'), 'completed');
  });

  it('blocks what depends on it, and stops no other task', () => {
    const tasks = ['T1', plannedTask('T2', { after: ['T1'] }), 'T3'];
    const run = launchedRun(perTask(tasks, { maxConcurrent: 2 })).wakes(9000);
    run.ends('T3', 'timeout').wakes(1000).ends('T1', 'cancelled');
    assert.deepEqual(run.kinds(), ['failed', 'blocked', 'failed']);
  });

  it('fails what was stopped and never started', () => {
    const run = launchedRun(perTask(['T1']))
      .wakes(10_000)
      .revokes('T1');
    assert.deepEqual(failureOf(run, 'T1'), TASK_OVER);
  });

  it('says nothing against the agent', () => {
    const run = launchedRun(perTask(['T1', 'T2', 'T3', 'T4'])).wakes(10_000);
    for (const id of ['T1', 'T2', 'T3', 'T4']) {
      run.ends(id, 'signal');
    }
    const [claude] = run.run.agents.values();
    assert.equal(claude?.breaker.failures, 0);
  });

  it('leaves the word to a person who has stopped it before', () => {
    const run = launchedRun(perTask(['T1']))
      .cancels('T1')
      .wakes(10_000);
    assert.equal(run.ends('T1', 'cancelled').kind('T1'), 'cancelled');
  });
});

describe('the time limit of a run', () => {
  it('stops everything, and the run ends as timed out', () => {
    const tasks = ['T1', 'T2', plannedTask('T3', { after: ['T1'] }), 'T4'];
    const run = launchedRun(perRun(tasks, { maxConcurrent: 2 }));
    run.completes('T1');
    assert.equal(run.wakeAt, START + 10_000);
    run.wakes(10_000);
    assert.equal(run.exitCode(), null);
    assert.deepEqual(failureOf(run, 'T4'), RUN_OVER);
    run.ends('T2', 'cancelled').ends('T3', 'cancelled');
    assert.deepEqual(run.kinds(), ['completed', 'failed', 'failed', 'failed']);
    assert.deepEqual(failureOf(run, 'T2'), RUN_OVER);
    assert.deepEqual(run.run.ended, { at: START + 10_000, status: 'failed', exitCode: 4 });
  });

  it('stops the checks of the run too, and tests and closes nothing more', () => {
    const run = new Rehearsal(perRun(['T1'])).wakes(10_000);
    assert.deepEqual(run.actions, [{ type: 'check.cancel.requested', job: 'refresh', attempt: 1 }]);
    run.checks('refresh');
    assert.equal(run.exitCode(), 4);
  });

  it('closes nothing that the suite has not confirmed in time', () => {
    const run = launchedRun(perRun(['T1'], { tests: runPlan([]).tests })).completes('T1');
    assert.equal(run.run.suites.tests.state.kind, 'running');
    run.wakes(10_000).checks('tests', 'passed');
    assert.equal(run.kind('T1'), 'completed');
    assert.deepEqual([run.launched(), run.exitCode()], [[], 4]);
  });

  it('lets what is being proven be proven', () => {
    const run = launchedRun(perRun(['T1']))
      .ends('T1', null)
      .wakes(10_000);
    assert.equal(run.exitCode(), null);
    run.proves('T1');
    assert.deepEqual([run.kind('T1'), run.exitCode()], ['completed', 4]);
  });

  it('starts nothing that comes free afterwards', () => {
    const busy = { key: plannedTask('X9').key, id: 'X9', status: 'in progress' };
    const run = launchedRun(perRun([plannedTask('T1', { blockedBy: [busy] }), 'T2'])).wakes(10_000);
    run.outside('T1', []);
    assert.equal(run.kind('T1'), 'blocked');
    assert.equal(run.ends('T2', 'cancelled').exitCode(), 4);
  });

  it('gives way to a person who stopped the run', () => {
    const run = launchedRun(perRun(['T1']))
      .cancels(null)
      .wakes(10_000);
    assert.equal(run.ends('T1', 'cancelled').exitCode(), 130);
  });
});

describe('the limit of an agent', () => {
  const mine = (id: string, maxConcurrent: number | null): ReturnType<typeof plannedTask> =>
    plannedTask(id, { agents: [agentPlan('mine', { maxConcurrent })] });

  it('holds back what would be too much for it, and nothing of others', () => {
    const run = launchedRun(runPlan([mine('A', 2), mine('B', 2), mine('C', 2), 'T1']));
    assert.deepEqual(run.live(), ['A', 'B', 'T1']);
    run.ends('A', 'denied');
    assert.deepEqual(run.live(), ['B', 'C', 'T1']);
  });

  it('is the least that any task names', () => {
    const run = launchedRun(runPlan([mine('A', null), mine('B', 3), mine('C', 1)]));
    assert.deepEqual(run.live(), ['A']);
  });

  it('counts attempts, not what is being proven', () => {
    const run = launchedRun(runPlan([mine('A', 1), mine('B', 1)])).ends('A', null);
    assert.deepEqual(run.live(), ['A', 'B']);
  });
});
