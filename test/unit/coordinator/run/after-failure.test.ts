import { strict as assert } from 'node:assert';
import {
  afterFailure,
  type Consequence,
  type FailureHistory,
} from '../../../../src/coordinator/run/after-failure.ts';
import type { Failure, FailureReason } from '../../../../src/shared/failure.ts';
import { FAILURES } from '../../../support/coordinator/outcomes.ts';

const fresh: FailureHistory = {
  retries: 0,
  maxRetries: 2,
  throttles: 0,
  fallbacks: 1,
  retryDelayMs: 500,
  jitter: 0,
};
const exhausted: FailureHistory = { ...fresh, retries: 2, throttles: 50, fallbacks: 0 };

const rows: Readonly<Record<FailureReason, readonly [Consequence, Consequence]>> = {
  exit: [{ kind: 'retry', delayMs: 500 }, { kind: 'fail' }],
  signal: [{ kind: 'retry', delayMs: 500 }, { kind: 'fail' }],
  timeout: [{ kind: 'retry', delayMs: 500 }, { kind: 'fail' }],
  protocol: [{ kind: 'retry', delayMs: 500 }, { kind: 'fail' }],
  dropped: [{ kind: 'retry', delayMs: 500 }, { kind: 'fail' }],
  interrupted: [{ kind: 'retry', delayMs: 500 }, { kind: 'fail' }],
  throttled: [{ kind: 'wait', delayMs: 20_000 }, { kind: 'fail' }],
  authentication: [{ kind: 'fallback' }, { kind: 'fail' }],
  not_started: [{ kind: 'fallback' }, { kind: 'fail' }],
  denied: [{ kind: 'fail' }, { kind: 'fail' }],
  invalid: [{ kind: 'fail' }, { kind: 'fail' }],
  no_evidence: [{ kind: 'fail' }, { kind: 'fail' }],
  rejected: [{ kind: 'fail' }, { kind: 'fail' }],
  cancelled: [{ kind: 'cancel' }, { kind: 'cancel' }],
};

const delayOf = (failure: Failure, history: Partial<FailureHistory>): number | null => {
  const consequence = afterFailure(failure, { ...fresh, ...history });
  return 'delayMs' in consequence ? consequence.delayMs : null;
};
const unspecific: Failure = { reason: 'throttled', message: 'Overloaded.' };

describe('afterFailure', () => {
  for (const failure of Object.values(FAILURES)) {
    const [first, last] = rows[failure.reason];
    it(`answers ${failure.reason} with ${first.kind} at first`, () => {
      assert.deepEqual(afterFailure(failure, fresh), first);
    });
    it(`answers ${failure.reason} with ${last.kind} when nothing is left to use`, () => {
      assert.deepEqual(afterFailure(failure, exhausted), last);
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
    assert.deepEqual(afterFailure(FAILURES.exit, { ...fresh, maxRetries: 0 }), { kind: 'fail' });
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
});
