import { strict as assert } from 'node:assert';
import type { RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import { asRunId } from '../../../../src/shared/ids.ts';
import { plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, Rehearsal } from '../../../support/coordinator/rehearsal.ts';

const outside = { key: plannedTask('X9').key, id: 'X9', status: 'in progress' };
const two = runPlan(['T1', 'T2']);
const single: RunSpec = { ...two, maxConcurrent: 1 };
const withT1 = (changes: Parameters<typeof plannedTask>[1]): RunSpec =>
  runPlan([plannedTask('T1', changes), 'T2']);

/** How a run gets T1 into each state, and what becomes of it when a person cancels it there. */
const states: readonly {
  readonly name: string;
  readonly reach: () => Rehearsal;
  readonly becomes: string;
}[] = [
  {
    name: 'waits for a dependency',
    reach: () => launchedRun(withT1({ after: ['T2'] })),
    becomes: 'cancelled',
  },
  { name: 'is ready', reach: () => new Rehearsal(two), becomes: 'cancelled' },
  {
    name: 'waits for another try',
    reach: () => launchedRun(two).ends('T1', 'timeout'),
    becomes: 'cancelled',
  },
  {
    name: 'is throttled',
    reach: () => launchedRun(two).ends('T1', 'throttled'),
    becomes: 'cancelled',
  },
  {
    name: 'is blocked',
    reach: () => launchedRun(withT1({ blockedBy: [outside] })),
    becomes: 'cancelled',
  },
  { name: 'was just requested', reach: () => launchedRun(two), becomes: 'running' },
  { name: 'runs', reach: () => launchedRun(two).claims('T1'), becomes: 'running' },
  {
    name: 'is having its evidence checked',
    reach: () => launchedRun(two).ends('T1', null),
    becomes: 'verifying',
  },
  { name: 'is completed', reach: () => launchedRun(two).completes('T1'), becomes: 'completed' },
  { name: 'has failed', reach: () => launchedRun(two).ends('T1', 'denied'), becomes: 'failed' },
  {
    name: 'is cancelled',
    reach: () => launchedRun(two).ends('T1', 'cancelled'),
    becomes: 'cancelled',
  },
  {
    name: 'is done elsewhere',
    reach: () => launchedRun(withT1({ excluded: 'done' })),
    becomes: 'excluded',
  },
  {
    name: 'is carried over',
    reach: () => launchedRun(withT1({ carriedFrom: asRunId('20250101T000000Z-000000') })),
    becomes: 'completed',
  },
];

describe('cancelling a task', () => {
  for (const { name, reach, becomes } of states) {
    it(`that ${name} leaves it ${becomes}`, () => {
      assert.equal(reach().cancels('T1').kind('T1'), becomes);
    });
  }

  it('stops the attempt that runs, once, and leaves the others alone', () => {
    const run = launchedRun(two).cancels('T1');
    const { key: task } = run.task('T1').planned;
    assert.deepEqual(run.actions, [{ type: 'attempt.cancel.requested', task, attempt: 1 }]);
    assert.deepEqual(run.cancels('T1').actions, []);
    assert.equal(run.ends('T1', 'cancelled').kind('T1'), 'cancelled');
    assert.equal(run.kind('T2'), 'running');
  });

  it('is remembered of those that it stopped, not of those that it came too late for', () => {
    const run = launchedRun(runPlan(['T1', 'T2', 'T3'], { maxConcurrent: 2 })).ends('T2', 'denied');
    for (const id of ['T1', 'T2', 'T3']) {
      run.cancels(id);
    }
    const remembered = run.run.order.map(({ cancelRequested }) => cancelRequested);
    assert.deepEqual(remembered, [true, false, true]);
    assert.deepEqual(new Rehearsal(two).cancels('T1').task('T1').cancelRequested, true);
  });

  it('keeps it stopping although its claim is only seen now', () => {
    const run = launchedRun(two).cancels('T1').claims('T1');
    const { state } = run.task('T1');
    assert.equal(state.kind === 'running' && state.stage, 'stopping');
    assert.equal(state.kind === 'running' && state.pid, 42);
  });

  for (const reason of ['timeout', 'signal', 'interrupted', 'authentication', 'denied'] as const) {
    it(`calls it cancelled where the stopped attempt ends with ${reason}`, () => {
      assert.equal(launchedRun(two).cancels('T1').ends('T1', reason).kind('T1'), 'cancelled');
    });
  }

  it('still proves an attempt that succeeded before it could be stopped', () => {
    const run = launchedRun(two).cancels('T1').completes('T1');
    assert.equal(run.kind('T1'), 'completed');
  });

  it('counts for nothing where the attempt never started', () => {
    const run = launchedRun(two).cancels('T1').revokes('T1');
    assert.equal(run.kind('T1'), 'cancelled');
    assert.equal(run.task('T1').startedAt, null);
  });

  it('of an unknown id changes nothing', () => {
    const run = launchedRun(two).cancels('T9');
    assert.deepEqual(run.kinds(), ['running', 'running']);
  });
});

describe('cancelling a run', () => {
  it('ends one that has launched nothing once its checks have ended', () => {
    const run = new Rehearsal({ ...two, tests: null }).cancels(null);
    assert.deepEqual(run.kinds(), ['cancelled', 'cancelled']);
    assert.equal(run.checks('refresh').run.ended?.status, 'cancelled');
  });

  it('launches nothing more, and ends when the last attempt has ended', () => {
    const run = launchedRun(single).cancels(null);
    assert.deepEqual(run.kinds(), ['running', 'cancelled']);
    run.ends('T1', 'cancelled');
    assert.deepEqual(run.actions, [{ type: 'run.ended', status: 'cancelled', exitCode: 130 }]);
  });

  it('stops every attempt that runs', () => {
    const run = launchedRun(two).cancels(null);
    const types = run.actions.map(({ type }) => type);
    assert.deepEqual(types, ['attempt.cancel.requested', 'attempt.cancel.requested']);
  });

  it('proves what had succeeded, but closes nothing', () => {
    const run = launchedRun(two).ends('T1', null).cancels(null).ends('T2', null);
    assert.deepEqual(
      run.actions.map(({ type }) => type),
      ['evidence.requested'],
    );
    run.proves('T1').proves('T2', false);
    assert.deepEqual(run.kinds(), ['completed', 'failed']);
    assert.deepEqual(run.task('T1').state, { kind: 'completed', close: { kind: 'open' } });
    assert.equal(run.exitCode(), 130);
  });

  it('waits for no retry and no throttling', () => {
    const run = launchedRun(two).ends('T1', 'timeout').ends('T2', 'throttled').cancels(null);
    assert.equal(run.exitCode(), 130);
    assert.equal(run.wakeAt, null);
  });
});
