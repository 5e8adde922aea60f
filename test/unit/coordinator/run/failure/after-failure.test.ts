import { strict as assert } from 'node:assert';
import {
  afterFailure,
  type Consequence,
  type FailureHistory,
} from '../../../../../src/coordinator/run/failure/after-failure.ts';
import type { Failure, FailureReason } from '../../../../../src/shared/failure.ts';
import { FAILURES } from '../../../../support/coordinator/outcomes.ts';

const fresh: FailureHistory = {
  retries: 0,
  maxRetries: 2,
  throttles: 0,
  fallbacks: 1,
  retryDelayMs: 500,
  jitter: 0,
  ownCommand: false,
};
const worn: FailureHistory = { ...fresh, retries: 2, throttles: 50 };
const exhausted: FailureHistory = { ...worn, fallbacks: 0 };

type Answer = Pick<Consequence, 'kind'> & { readonly delayMs?: number };
const again: Answer = { kind: 'retry', delayMs: 500 };
const another: Answer = { kind: 'fallback' };
const over: Answer = { kind: 'give_up' };

/** At first, without retries, and without anything left. */
const rows: Readonly<Record<FailureReason, readonly [Answer, Answer, Answer]>> = {
  exit: [again, another, over],
  signal: [again, another, over],
  timeout: [again, another, over],
  protocol: [again, another, over],
  dropped: [again, another, over],
  interrupted: [again, over, over],
  throttled: [{ kind: 'wait', delayMs: 20_000 }, another, over],
  authentication: [another, another, over],
  not_started: [another, another, over],
  denied: [over, over, over],
  invalid: [over, over, over],
  no_evidence: [over, over, over],
  rejected: [over, over, over],
  cancelled: [{ kind: 'cancel' }, { kind: 'cancel' }, { kind: 'cancel' }],
};

function answerTo(failure: Failure, history: FailureHistory): Answer {
  const consequence = afterFailure(failure, history);
  const { kind } = consequence;
  return 'delayMs' in consequence ? { kind, delayMs: consequence.delayMs } : { kind };
}

const delayOf = (failure: Failure, history: Partial<FailureHistory>): number | null => {
  const consequence = afterFailure(failure, { ...fresh, ...history });
  return 'delayMs' in consequence ? consequence.delayMs : null;
};
const unspecific: Failure = { reason: 'throttled', message: 'Overloaded.' };

describe('afterFailure', () => {
  for (const failure of Object.values(FAILURES)) {
    const [first, then, last] = rows[failure.reason];
    it(`answers ${failure.reason} with ${first.kind}, then ${then.kind}, then ${last.kind}`, () => {
      assert.deepEqual(answerTo(failure, fresh), first);
      assert.deepEqual(answerTo(failure, worn), then);
      assert.deepEqual(answerTo(failure, exhausted), last);
    });
  }

  it('doubles the delay with every retry', () => {
    const delays = [0, 1, 2, 3].map((retries) =>
      delayOf(FAILURES.timeout, { retries, maxRetries: 9 }),
    );
    assert.deepEqual(delays, [500, 1000, 2000, 4000]);
  });

  it('adds at most a tenth of the delay as jitter', () => {
    assert.equal(delayOf(FAILURES.timeout, { jitter: 0.5 }), 525);
    assert.equal(delayOf(FAILURES.timeout, { jitter: 0.999 }), 550);
  });

  it('chooses no wait longer than five minutes, jitter aside', () => {
    assert.equal(delayOf(FAILURES.timeout, { retries: 40, maxRetries: 99 }), 300_000);
    assert.equal(delayOf(unspecific, { throttles: 40 }), 300_000);
  });

  it('keeps a delay of nothing a number however often it is doubled', () => {
    const history = { retryDelayMs: 0, retries: 2000, maxRetries: 3000 };
    assert.equal(delayOf(FAILURES.timeout, history), 0);
  });

  it('never retries what may not be retried even once', () => {
    assert.deepEqual(answerTo(FAILURES.exit, { ...fresh, maxRetries: 0, fallbacks: 0 }), over);
  });

  it('waits as long as the provider told, however often it told before', () => {
    assert.equal(delayOf(FAILURES.throttled, { throttles: 49, jitter: 0.9 }), 20_000);
    assert.equal(delayOf({ ...unspecific, retryAfterMs: 0 }, {}), 0);
  });

  it('gives a provider that does not tell at least two seconds, then twice that', () => {
    assert.equal(delayOf(unspecific, {}), 2000);
    assert.equal(delayOf(unspecific, { throttles: 1 }), 4000);
    assert.equal(delayOf(unspecific, { retryDelayMs: 5000 }), 5000);
  });

  it('uses up no retry by throttling', () => {
    assert.equal(delayOf(FAILURES.throttled, { retries: 2 }), 20_000);
  });

  it('blames an agent for what it did itself, and nobody for what happened to it', () => {
    const blamed = Object.values(FAILURES).filter(
      (failure) => afterFailure(failure, fresh).blames === 'agent',
    );
    assert.deepEqual(blamed.map(({ reason }) => reason).toSorted(), [
      'authentication',
      'dropped',
      'exit',
      'not_started',
      'protocol',
      'signal',
      'timeout',
    ]);
    assert.equal(afterFailure(FAILURES.throttled, fresh).blames, 'nobody');
    assert.equal(afterFailure(FAILURES.denied, fresh).blames, 'task');
  });

  it('never blames an agent for the task’s own command', () => {
    const history = { ...fresh, ownCommand: true };
    const blamed = Object.values(FAILURES).map((failure) => afterFailure(failure, history).blames);
    assert.ok(!blamed.includes('agent'));
  });

  it('calls a person for what only a person can mend, although another agent goes on', () => {
    const called = Object.values(FAILURES).filter(
      (failure) => afterFailure(failure, fresh).escalate,
    );
    assert.deepEqual(called.map(({ reason }) => reason).toSorted(), [
      'authentication',
      'denied',
      'invalid',
      'not_started',
      'rejected',
    ]);
  });
});
