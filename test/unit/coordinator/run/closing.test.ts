import { strict as assert } from 'node:assert';
import type { TestsResult } from '../../../../src/coordinator/run/state/state.ts';
import type { RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import { asRunId } from '../../../../src/shared/ids.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, type Rehearsal } from '../../../support/coordinator/rehearsal.ts';

const proven = (changes: Partial<RunSpec> = {}): Rehearsal =>
  launchedRun(runPlan(['T1', 'T2'], changes))
    .completes('T2')
    .completes('T1');
const closing = ({ actions }: Rehearsal): string[] =>
  actions.flatMap((action) => (action.type === 'close.requested' ? [action.task] : []));
const closes = ({ run }: Rehearsal): string[] =>
  run.order.map(({ state }) => (state.kind === 'completed' ? state.close.kind : state.kind));

describe('closing what is proven', () => {
  it('begins once the suite has passed, and ends the run when the source knows', () => {
    const run = proven();
    assert.deepEqual(closes(run), ['open', 'open']);
    run.checks('tests', 'passed');
    assert.deepEqual(closes(run), ['requested', 'requested']);
    assert.equal(run.closes('T2').exitCode(), null);
    run.closes('T1');
    assert.deepEqual(closes(run), ['closed', 'closed']);
    assert.equal(run.exitCode(), 0);
  });

  const verdicts: readonly {
    readonly tests: TestsResult['status'] | null;
    readonly required: boolean;
    readonly closed: boolean;
  }[] = [
    { tests: 'passed', required: false, closed: true },
    { tests: 'passed', required: true, closed: true },
    { tests: 'failed', required: false, closed: false },
    { tests: 'failed', required: true, closed: false },
    { tests: 'none', required: false, closed: true },
    { tests: 'none', required: true, closed: false },
    { tests: 'skipped', required: false, closed: true },
    { tests: 'skipped', required: true, closed: false },
    { tests: null, required: false, closed: false },
    { tests: null, required: true, closed: false },
  ];
  for (const { tests, required, closed } of verdicts) {
    const suite = tests === null ? 'a suite without a result' : `the result "${tests}"`;
    const where = required ? 'where tests are required' : 'where they are not';
    it(`${closed ? 'happens' : 'does not happen'} after ${suite} ${where}`, () => {
      const run = proven({ testsRequired: required }).checks('tests', tests);
      assert.deepEqual(closing(run).length, closed ? 2 : 0);
      assert.equal(run.exitCode(), closed ? null : 1);
    });
  }

  it('needs no suite where there is none and none is required', () => {
    const run = proven({ tests: null });
    assert.equal(closing(run).length, 2);
    assert.equal(run.closes('T1').closes('T2').exitCode(), 0);
  });

  it('does not happen without a suite where one is required', () => {
    const run = proven({ tests: null, testsRequired: true });
    assert.deepEqual(closes(run), ['open', 'open']);
    assert.equal(run.exitCode(), 1);
  });

  it('does not happen where the suite’s runner vanished twice', () => {
    const run = proven().checks('tests', null, outcome('interrupted'));
    assert.equal(run.exitCode(), null);
    run.checks('tests', null, outcome('interrupted'));
    assert.deepEqual(closes(run), ['open', 'open']);
    assert.equal(run.exitCode(), 1);
  });

  it('covers what is carried over, also where nothing else is left to do', () => {
    const carriedFrom = asRunId('20250101T000000Z-000000');
    const run = launchedRun(runPlan([plannedTask('T1', { carriedFrom })]));
    assert.equal(run.run.phase, 'post_execution');
    run.checks('tests', 'passed');
    assert.deepEqual(closes(run), ['requested']);
  });

  it('leaves out what failed', () => {
    const run = launchedRun(runPlan(['T1', 'T2']))
      .ends('T1', 'denied')
      .completes('T2');
    run.checks('tests', 'passed');
    assert.deepEqual(closes(run), ['failed', 'requested']);
  });

  it('remembers what a source would not accept, and ends all the same', () => {
    const run = proven().checks('tests', 'passed').closes('T1', 'The line is gone.').closes('T2');
    assert.deepEqual(run.task('T1').state, {
      kind: 'completed',
      close: { kind: 'problem', message: 'The line is gone.' },
    });
    assert.equal(run.run.ended?.status, 'completed');
  });

  it('stops where the run is cancelled, after what is being closed just now', () => {
    const run = proven().checks('tests', 'passed').closes('T1').cancels(null);
    assert.equal(run.exitCode(), null);
    run.closes('T2');
    assert.deepEqual(closes(run), ['closed', 'closed']);
    assert.equal(run.exitCode(), 130);
  });
});
