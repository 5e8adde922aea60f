import { strict as assert } from 'node:assert';
import { type RunSpec, runSpecSchema } from '../../../../../src/coordinator/schema/run-spec.ts';
import { agentPlan, keyOf, plannedTask, runPlan } from '../../../../support/coordinator/plans.ts';
import { launchedRun } from '../../../../support/coordinator/rehearsal.ts';

type Apart = RunSpec['mutexes'][number];

/** Tasks that name a path; those after it only something inside. */
function naming(tasks: string, inside = ''): Apart {
  const keys = (ids: string): ReturnType<typeof keyOf>[] =>
    ids === '' ? [] : ids.split(' ').map(keyOf);
  return { path: 'src/a.ts', tasks: [...keys(tasks), ...keys(inside)], inside: keys(inside) };
}

const apart = (...lanes: Apart[]): Partial<RunSpec> => ({ mutexes: lanes });

describe('tasks that must not run at the same time', () => {
  it('run one after the other, the most urgent first, and hold up nobody else', () => {
    const tasks = ['T1', plannedTask('T2', { priority: 0 }), 'T3', 'T4'];
    const run = launchedRun(runPlan(tasks, apart(naming('T1 T2 T3'))));
    assert.deepEqual(run.live(), ['T2', 'T4']);
    assert.deepEqual(run.completes('T2').live(), ['T1', 'T4']);
    assert.deepEqual(run.completes('T1').live(), ['T3', 'T4']);
  });

  it('leave their slots to those behind them', () => {
    const run = launchedRun(
      runPlan(['T1', 'T2', 'T3', 'T4'], { maxConcurrent: 2, ...apart(naming('T1 T2 T3')) }),
    );
    assert.deepEqual(run.live(), ['T1', 'T4']);
  });

  it('wait until the evidence of the other is checked', () => {
    const run = launchedRun(runPlan(['T1', 'T2'], apart(naming('T1 T2'))));
    assert.deepEqual(run.ends('T1', null).live(), ['T1']);
    assert.deepEqual(run.proves('T1').live(), ['T2']);
  });

  it('run while the other waits for its next attempt, which then waits for them', () => {
    const run = launchedRun(runPlan(['T1', 'T2'], apart(naming('T1 T2'))));
    assert.deepEqual(run.ends('T1', 'timeout').live(), ['T2']);
    assert.deepEqual(run.wakes(500).live(), ['T2']);
    assert.equal(run.kind('T1'), 'ready');
    assert.equal(run.wakeAt, null);
    assert.deepEqual(run.completes('T2').live(), ['T1']);
  });

  it('run although the other failed, was stopped, or never started', () => {
    const plan = runPlan(['T1', 'T2'], apart(naming('T1 T2')));
    assert.deepEqual(launchedRun(plan).ends('T1', 'denied').live(), ['T2']);
    const stopped = launchedRun(plan).cancels('T1');
    assert.deepEqual(stopped.live(), ['T1']);
    assert.deepEqual(stopped.ends('T1', 'cancelled').live(), ['T2']);
    assert.deepEqual(launchedRun(plan).cancels('T1').revokes('T1').live(), ['T2']);
  });

  it('are told apart by agents no less', () => {
    const codex = plannedTask('T2', { agents: [agentPlan('codex')] });
    const run = launchedRun(runPlan(['T1', codex], apart(naming('T1 T2'))));
    assert.deepEqual(run.live(), ['T1']);
    assert.deepEqual(run.completes('T1').live(), ['T2']);
  });

  it('pass a lane on where the first in line has to wait for another one', () => {
    const tasks = ['T1', 'T2', 'T3', 'T4'];
    const run = launchedRun(runPlan(tasks, apart(naming('T1 T3 T4'), naming('T2 T3'))));
    assert.deepEqual(run.live(), ['T1', 'T2']);
    assert.deepEqual(run.completes('T1').live(), ['T2', 'T4']);
    assert.deepEqual(run.completes('T2').live(), ['T4']);
    assert.deepEqual(run.completes('T4').live(), ['T3']);
  });

  it('pass a lane on where the first in line is stopped while its provider is closed', () => {
    const other = (id: string) => plannedTask(id, { agents: [agentPlan('codex')] });
    const tasks = [other('T1'), 'T2', 'T3', 'T4'];
    const run = launchedRun(runPlan(tasks, apart(naming('T1 T2 T3'))));
    run.ends('T4', 'throttled').completes('T1');
    assert.deepEqual(run.live(), []);
    run.cancels('T2').wakes(20_000);
    assert.deepEqual(run.live(), ['T3']);
  });

  it('run beside others in a folder, but not beside the one that names it', () => {
    const tasks = ['T1', 'T2', 'T3', 'T4'];
    const run = launchedRun(runPlan(tasks, apart(naming('T2', 'T1 T3 T4'))));
    assert.deepEqual(run.live(), ['T1', 'T3', 'T4']);
    run.completes('T1').completes('T3');
    assert.deepEqual(run.completes('T4').live(), ['T2']);
  });

  it('run beside others in a folder once the one that names it is done', () => {
    const run = launchedRun(runPlan(['T1', 'T2', 'T3'], apart(naming('T1', 'T2 T3'))));
    assert.deepEqual(run.live(), ['T1']);
    assert.deepEqual(run.completes('T1').live(), ['T2', 'T3']);
  });

  it('are none where a journal of before says nothing of them', () => {
    const { mutexes: none, ...before } = runPlan(['T1', 'T2']);
    assert.deepEqual(runSpecSchema.parse(before).mutexes, none);
  });

  it('need no other where that is done already, or no task of the run', () => {
    const tasks = [plannedTask('T1', { excluded: 'done' }), 'T2', 'T3'];
    const run = launchedRun(runPlan(tasks, apart(naming('T1 T2'), naming('T3 T9'))));
    assert.deepEqual(run.live(), ['T2', 'T3']);
  });
});
