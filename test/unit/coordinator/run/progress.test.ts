import { strict as assert } from 'node:assert';
import { addUsage } from '../../../../src/coordinator/run/evolve-attempt.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import type { Usage } from '../../../../src/shared/view-models/group-views.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { keyOf, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, type Rehearsal, START } from '../../../support/coordinator/rehearsal.ts';

type Progress = Extract<RunEventBody, { type: 'attempt.progress' }>;

const started = (): Rehearsal => launchedRun(runPlan(['T1'])).claims('T1');
const tokens = (inputTokens: number, costUsd: number | null = null): Usage => ({
  inputTokens,
  outputTokens: 1,
  costUsd,
});

function progress(offset: number, changes: Partial<Progress> = {}): RunEventBody {
  const silent = { step: null, needsYou: null, throttledUntil: null, usage: null };
  const attempt = { task: keyOf('T1'), attempt: 1 };
  return { type: 'attempt.progress', ...attempt, offset, ...silent, ...changes };
}

function ended(usage: Usage | null): RunEventBody {
  const attempt = { task: keyOf('T1'), attempt: 1 };
  const facts = { offset: 300, outcome: { ...outcome('timeout'), usage }, jitter: 0 };
  return { type: 'attempt.ended', ...attempt, ...facts };
}

describe('an attempt that runs', () => {
  it('has a start from its request on, and a process from its claim on', () => {
    const run = started();
    assert.deepEqual(run.task('T1').state, {
      kind: 'running',
      stage: 'claimed',
      requestedAt: START,
      pid: 42,
      step: null,
      needsYou: null,
      throttledUntil: null,
    });
    assert.equal(run.task('T1').startedAt, START);
  });

  it('shows its newest step until there is a newer one', () => {
    const run = started()
      .happens(progress(10, { step: 'reads a.ts' }))
      .happens(progress(20));
    const { state, offset } = run.task('T1');
    assert.equal(state.kind === 'running' && state.step, 'reads a.ts');
    assert.equal(offset, 20);
  });

  it('may say something new about the same bytes', () => {
    const run = started()
      .happens(progress(10))
      .happens(progress(10, { step: 'reads a.ts' }));
    const { state } = run.task('T1');
    assert.equal(state.kind === 'running' && state.step, 'reads a.ts');
  });

  it('asks, and is throttled, only as long as it says so', () => {
    const run = started().happens(progress(10, { needsYou: 'Which?', throttledUntil: START + 9 }));
    const { state } = run.task('T1');
    assert.equal(state.kind === 'running' && state.needsYou, 'Which?');
    assert.equal(state.kind === 'running' && state.throttledUntil, START + 9);
    run.happens(progress(20));
    assert.equal(state.kind === 'running' && state.needsYou, null);
    assert.equal(state.kind === 'running' && state.throttledUntil, null);
  });

  it('keeps what it has used so far apart until it ends', () => {
    const run = started()
      .happens(progress(10, { usage: tokens(5) }))
      .happens(progress(20));
    assert.deepEqual(run.task('T1').liveUsage, tokens(5));
    assert.equal(run.task('T1').usage, null);
  });

  it('is billed by its last word, else by what it had reported', () => {
    const spoken = started()
      .happens(progress(10, { usage: tokens(5) }))
      .happens(ended(tokens(7)));
    assert.deepEqual(spoken.task('T1').usage, tokens(7));
    const silent = started()
      .happens(progress(10, { usage: tokens(5) }))
      .happens(ended(null));
    assert.deepEqual(silent.task('T1').usage, tokens(5));
    assert.equal(silent.task('T1').liveUsage, null);
  });

  it('ends with what it left behind, which a new attempt begins without', () => {
    const run = started()
      .wakes(100)
      .happens(ended(tokens(7)));
    const { offset, endedAt, outcome: last } = run.task('T1');
    assert.deepEqual([offset, endedAt, last?.failure?.reason], [300, START + 100, 'timeout']);
    run.wakes(500);
    const again = run.task('T1');
    assert.deepEqual([again.offset, again.endedAt, again.outcome], [0, null, null]);
    assert.equal(again.startedAt, START);
    assert.deepEqual(again.usage, tokens(7));
  });

  it('adds up what all attempts of a task used', () => {
    const run = started()
      .happens(ended(tokens(7)))
      .wakes(500);
    const facts = { offset: 9, outcome: { ...outcome(), usage: tokens(4) }, jitter: 0 };
    run.happens({ type: 'attempt.ended', task: keyOf('T1'), attempt: 2, ...facts });
    assert.deepEqual(run.task('T1').usage, { inputTokens: 11, outputTokens: 2, costUsd: null });
  });

  it('is proven by its evidence, which names the files it changed', () => {
    const run = started().ends('T1', null);
    assert.deepEqual(run.actions, [{ type: 'evidence.requested', task: keyOf('T1'), attempt: 1 }]);
    run.proves('T1');
    assert.deepEqual(run.task('T1').changedFiles, ['src/a.ts']);
    assert.equal(run.task('T1').evidence.length, 1);
  });

  it('fails by the first evidence that is missing', () => {
    const run = started().ends('T1', null).proves('T1', false);
    const { state } = run.task('T1');
    assert.equal(state.kind === 'failed' && state.failure.reason, 'no_evidence');
    assert.equal(state.kind === 'failed' && state.failure.message, 'No file changed.');
  });
});

describe('addUsage', () => {
  it('is what is known where one side is not', () => {
    assert.equal(addUsage(null, null), null);
    assert.deepEqual(addUsage(tokens(5), null), tokens(5));
    assert.deepEqual(addUsage(null, tokens(5)), tokens(5));
  });

  it('sums the costs that are known, and knows none where neither side does', () => {
    assert.equal(addUsage(tokens(1, 0.5), tokens(1, 0.25))?.costUsd, 0.75);
    assert.equal(addUsage(tokens(1), tokens(1, 0.25))?.costUsd, 0.25);
    assert.equal(addUsage(tokens(1, 0.5), tokens(1))?.costUsd, 0.5);
    assert.equal(addUsage(tokens(1), tokens(1))?.costUsd, null);
  });
});
