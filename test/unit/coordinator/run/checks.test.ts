import { strict as assert } from 'node:assert';
import { replay } from '../../../../src/coordinator/run/evolve.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, Rehearsal, START } from '../../../support/coordinator/rehearsal.ts';

const refresh = { job: 'refresh' as const, attempt: 1 };
const requests = ({ actions }: Rehearsal): RunEventBody[] =>
  actions.filter(({ type }) => type === 'check.requested');

describe('a check of the run', () => {
  it('runs from its request on, and knows its process once that is claimed', () => {
    const run = new Rehearsal(runPlan(['T1']));
    const { refresh: check } = run.run.suites;
    assert.deepEqual(check.state, {
      kind: 'running',
      stage: 'requested',
      requestedAt: START,
      pid: null,
    });
    run.happens({ type: 'check.claimed', ...refresh, pid: 42 });
    assert.deepEqual(check.state, {
      kind: 'running',
      stage: 'claimed',
      requestedAt: START,
      pid: 42,
    });
  });

  it('keeps what came out of it', () => {
    const run = new Rehearsal(runPlan(['T1'])).checks('baseline', 'failed');
    const { state } = run.run.suites.baseline;
    assert.equal(state.kind === 'ended' && state.tests?.status, 'failed');
  });

  it('accounts for the bytes of its runner, which a new attempt begins anew', () => {
    const run = new Rehearsal(runPlan(['T1']));
    const lost = { ...refresh, offset: 300, outcome: outcome('interrupted'), tests: null };
    const { journal } = run.happens({ type: 'check.ended', ...lost });
    const end = journal.findIndex(({ event }) => event.type === 'check.ended');
    assert.equal(replay(journal.slice(0, end + 1))?.suites.refresh.offset, 300);
    assert.equal(run.run.suites.refresh.offset, 0);
  });

  it('is started once more where its runner vanished, and only once', () => {
    const run = new Rehearsal(runPlan(['T1'])).checks('refresh', null, outcome('interrupted'));
    assert.deepEqual(requests(run), [{ type: 'check.requested', job: 'refresh', attempt: 2 }]);
    run.checks('refresh', null, outcome('interrupted'));
    assert.deepEqual(requests(run), []);
    assert.equal(run.run.suites.refresh.state.kind, 'ended');
  });

  it('is started again where it never started, as often as that happens', () => {
    const run = new Rehearsal(runPlan(['T1']));
    for (const attempt of [1, 2, 3]) {
      run.happens({ type: 'check.revoked', job: 'refresh', attempt });
    }
    assert.deepEqual(requests(run), [{ type: 'check.requested', job: 'refresh', attempt: 4 }]);
    assert.equal(run.run.suites.refresh.interrupted, 0);
  });

  it('is stopped with the run, which waits for its end', () => {
    const run = new Rehearsal(runPlan(['T1'])).cancels(null);
    assert.deepEqual(run.actions, [
      { type: 'check.cancel.requested', ...refresh },
      { type: 'check.cancel.requested', job: 'baseline', attempt: 1 },
    ]);
    run.happens({ type: 'check.claimed', ...refresh, pid: 42 });
    assert.equal(run.run.suites.refresh.state.kind, 'running');
    assert.deepEqual(run.actions, []);
    run.checks('refresh', null, outcome('cancelled'));
    assert.equal(run.exitCode(), null);
    run.checks('baseline', null, outcome('cancelled'));
    assert.equal(run.exitCode(), 130);
  });

  it('is not started again in a run that is stopped', () => {
    const run = new Rehearsal(runPlan(['T1'], { tests: null })).cancels(null);
    run.checks('refresh', null, outcome('interrupted'));
    assert.equal(run.run.suites.refresh.state.kind, 'ended');
    assert.equal(run.exitCode(), 130);
  });

  it('ends a stopped run where it turns out never to have started', () => {
    const run = new Rehearsal(runPlan(['T1'], { tests: null })).cancels(null);
    run.happens({ type: 'check.revoked', ...refresh });
    assert.equal(run.exitCode(), 130);
  });

  it('runs the suite only where something was proven', () => {
    const run = launchedRun(runPlan(['T1'])).ends('T1', 'denied');
    assert.equal(run.run.suites.tests.state.kind, 'idle');
    assert.equal(run.exitCode(), 1);
  });

  it('is stopped in the last phase too', () => {
    const run = launchedRun(runPlan(['T1']))
      .completes('T1')
      .cancels(null);
    assert.deepEqual(run.actions, [{ type: 'check.cancel.requested', job: 'tests', attempt: 1 }]);
    run.checks('tests', 'passed');
    assert.equal(run.exitCode(), 130);
    assert.deepEqual(run.task('T1').state, { kind: 'completed', close: { kind: 'open' } });
  });
});
