import { strict as assert } from 'node:assert';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { projectState } from '../../../support/coordinator/projection.ts';
import { launchedRun, Rehearsal } from '../../../support/coordinator/rehearsal.ts';

const two = runPlan(['T1', plannedTask('T2', { after: ['T1'] })]);
const T1 = keyOf('T1');
const retried = (): Rehearsal => launchedRun(two).ends('T1', 'timeout').wakes(500);
const checking = (): Rehearsal => launchedRun(two).ends('T1', null);
const closed = (): Rehearsal =>
  launchedRun(runPlan(['T1', 'T2']))
    .completes('T1')
    .completes('T2')
    .checks('tests', 'passed')
    .closes('T1');

function progress(attempt: number, offset: number): RunEventBody {
  const usage = { inputTokens: 9, outputTokens: 9, costUsd: 9 };
  const silent = { needsYou: 'Late?', throttledUntil: 9, usage };
  return { type: 'attempt.progress', task: T1, attempt, offset, step: 'late', ...silent };
}

function ended(attempt: number): RunEventBody {
  const facts = { offset: 900, outcome: outcome('denied'), jitter: 0 };
  return { type: 'attempt.ended', task: T1, attempt, ...facts };
}

function checked(attempt: number): RunEventBody {
  return { type: 'evidence.checked', task: T1, attempt, evidence: [], files: ['late.ts'] };
}

const rows: readonly [string, () => Rehearsal, RunEventBody][] = [
  ['a launch out of turn', retried, { type: 'attempt.requested', task: T1, attempt: 4, choice: 0 }],
  [
    'a launch of a task that runs',
    retried,
    { type: 'attempt.requested', task: T1, attempt: 3, choice: 0 },
  ],
  [
    'a launch of a task that waits',
    retried,
    { type: 'attempt.requested', task: keyOf('T2'), attempt: 1, choice: 0 },
  ],
  [
    'the claim of an attempt that is over',
    retried,
    { type: 'attempt.claimed', task: T1, attempt: 1, pid: 9 },
  ],
  ['the progress of an attempt that is over', retried, progress(1, 900)],
  ['the end of an attempt that is over', retried, ended(1)],
  ['the end of an attempt that nobody requested', retried, ended(3)],
  [
    'the revocation of an attempt that is over',
    retried,
    { type: 'attempt.revoked', task: T1, attempt: 1 },
  ],
  [
    'the stop of an attempt that is over',
    retried,
    { type: 'attempt.cancel.requested', task: T1, attempt: 1 },
  ],
  ['evidence for an attempt that runs', retried, checked(2)],
  [
    'the check of evidence of an attempt that runs',
    retried,
    { type: 'evidence.requested', task: T1, attempt: 2 },
  ],
  ['a second end', checking, ended(1)],
  [
    'the claim of an attempt that has ended',
    checking,
    { type: 'attempt.claimed', task: T1, attempt: 1, pid: 9 },
  ],
  ['evidence for an attempt that never was', checking, checked(2)],
  [
    'the check of evidence of an attempt that never was',
    checking,
    { type: 'evidence.requested', task: T1, attempt: 2 },
  ],
  ['the closing of a task that is not proven', checking, { type: 'close.requested', task: T1 }],
  [
    'the close of a task that is not proven',
    checking,
    { type: 'close.ended', task: T1, problem: null },
  ],
  ['evidence for a task that is proven', closed, checked(1)],
  ['a second closing', closed, { type: 'close.requested', task: T1 }],
  ['a second close', closed, { type: 'close.ended', task: T1, problem: 'The line is gone.' }],
  ['a second start of the run', retried, { type: 'run.started', plan: runPlan(['T9']) }],
  [
    'a word on an unknown task',
    retried,
    { type: 'attempt.claimed', task: keyOf('T9'), attempt: 1, pid: 9 },
  ],
  [
    'a check out of turn',
    () => new Rehearsal(two),
    { type: 'check.requested', job: 'tests', attempt: 2 },
  ],
  [
    'a check that runs already',
    () => new Rehearsal(two),
    { type: 'check.requested', job: 'refresh', attempt: 2 },
  ],
  [
    'the claim of a check that has ended',
    retried,
    { type: 'check.claimed', job: 'refresh', attempt: 1, pid: 9 },
  ],
  [
    'the revocation of a check that has ended',
    retried,
    { type: 'check.revoked', job: 'refresh', attempt: 1 },
  ],
  [
    'the stop of a check that has ended',
    retried,
    { type: 'check.cancel.requested', job: 'refresh', attempt: 1 },
  ],
  [
    'a second end of a check',
    retried,
    {
      type: 'check.ended',
      job: 'baseline',
      attempt: 1,
      offset: 9,
      outcome: outcome(),
      tests: null,
    },
  ],
  [
    'the end of a check that nobody requested',
    () => new Rehearsal(two),
    { type: 'check.ended', job: 'refresh', attempt: 2, offset: 9, outcome: outcome(), tests: null },
  ],
];

function facts({ run }: Rehearsal): string {
  return projectState({ ...run, seq: 0 });
}

describe('an event that comes too late', () => {
  for (const [name, reach, event] of rows) {
    it(`changes nothing: ${name}`, () => {
      const run = reach();
      const before = facts(run);
      run.happens(event);
      assert.equal(facts(run), before);
      assert.deepEqual(run.actions, []);
    });
  }

  it('changes nothing where the journal already accounts for later bytes', () => {
    const run = launchedRun(two).happens(progress(1, 500));
    const before = facts(run);
    run.happens(progress(1, 499));
    assert.equal(facts(run), before);
  });

  it('moves nothing but the clock of a run that has ended', () => {
    const run = launchedRun(two).cancels(null).ends('T1', 'cancelled');
    const { now } = run.run;
    const before = projectState({ ...run.run, seq: 0, now: 0 });
    run.wakes(100).cancels(null).outside('T1', []).happens({ type: 'warning', message: 'Late.' });
    assert.equal(projectState({ ...run.run, seq: 0, now: 0 }), before);
    assert.equal(run.run.now, now + 100);
    assert.equal(run.run.seq, run.journal.length);
  });
});
