import { strict as assert } from 'node:assert';
import type { PlannedTask, RunSpec } from '../../../../../src/coordinator/schema/run-spec.ts';
import { plannedTask, runPlan } from '../../../../support/coordinator/plans.ts';
import { launchedRun, type Rehearsal } from '../../../../support/coordinator/rehearsal.ts';

const outside = { key: plannedTask('X9').key, id: 'X9', status: 'in progress' };
const blocked = plannedTask('blocked', { blockedBy: [outside] });
const excluded = plannedTask('excluded', { excluded: 'done' });
const plan = (...tasks: (PlannedTask | string)[]): RunSpec => runPlan(tasks, { tests: null });
const verdict = ({ run }: Rehearsal): unknown =>
  run.ended === null ? null : [run.ended.status, run.ended.exitCode];

describe('the verdict on a run', () => {
  it('is 0, completed, where everything is done', () => {
    const run = launchedRun(plan('T1', excluded)).completes('T1').closes('T1');
    assert.deepEqual(verdict(run), ['completed', 0]);
  });

  it('is 3, blocked, where blocked tasks remain', () => {
    const run = launchedRun(plan('T1', blocked)).completes('T1').closes('T1');
    assert.deepEqual(verdict(run), ['blocked', 3]);
  });

  it('is 3, blocked, where nothing could be launched at all', () => {
    assert.deepEqual(verdict(launchedRun(plan(blocked))), ['blocked', 3]);
  });

  it('is 1, failed, where a task failed, although others are blocked', () => {
    const run = launchedRun(plan('T1', blocked)).ends('T1', 'denied');
    assert.deepEqual(verdict(run), ['failed', 1]);
  });

  it('is 1, failed, where the suite failed, although others are blocked', () => {
    const run = launchedRun(runPlan(['T1', blocked]))
      .completes('T1')
      .checks('tests', 'failed');
    assert.deepEqual(verdict(run), ['failed', 1]);
  });

  it('is not spoiled by required tests where nothing was proven', () => {
    const run = launchedRun(runPlan([blocked], { testsRequired: true }));
    assert.deepEqual(verdict(run), ['blocked', 3]);
  });

  it('is 130, cancelled, where a single task was cancelled, although others failed', () => {
    const run = launchedRun(plan('T1', 'T2', blocked))
      .ends('T1', 'denied')
      .cancels('T2');
    assert.deepEqual(verdict(run.ends('T2', 'cancelled')), ['cancelled', 130]);
  });

  it('is 130, cancelled, where the run was, although everything was done already', () => {
    const run = launchedRun(plan('T1')).completes('T1').cancels(null).closes('T1');
    assert.deepEqual(verdict(run), ['cancelled', 130]);
  });
});
