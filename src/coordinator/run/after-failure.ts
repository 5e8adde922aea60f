import type { Failure } from '../../shared/failure.ts';
import { unreachable } from '../../shared/unreachable.ts';

/** What a task has behind it and what it may still use. */
export interface FailureHistory {
  readonly retries: number;
  readonly maxRetries: number;
  readonly throttles: number;
  /** Further agents in the task's list. */
  readonly fallbacks: number;
  /** ms before the first retry. */
  readonly retryDelayMs: number;
  /** In [0, 1): spreads retries by at most 10 %. */
  readonly jitter: number;
}

export type Consequence =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'wait'; readonly delayMs: number }
  | { readonly kind: 'fallback' }
  | { readonly kind: 'fail' }
  | { readonly kind: 'cancel' };

/** No wait that we choose ourselves is longer than this, ms; jitter comes on top. */
const LONGEST_WAIT_MS = 300_000;
/** More than anyone needs from 1 ms to the longest wait. */
const MOST_DOUBLINGS = 30;
/** A provider that refuses this often in a row is not throttling any more. */
const MOST_THROTTLES = 50;
/** A provider that does not say how long to wait is given at least this, ms. */
const LEAST_THROTTLE_MS = 2_000;

/**
 * What follows from a failed attempt. Only what may pass by itself is tried again; throttling is no failure and uses
 * up no retry; a refused key or a missing program moves on to the next agent of the list.
 */
export function afterFailure(failure: Failure, history: FailureHistory): Consequence {
  switch (failure.reason) {
    case 'cancelled':
      return { kind: 'cancel' };
    case 'throttled':
      return history.throttles < MOST_THROTTLES
        ? { kind: 'wait', delayMs: throttleDelay(failure.retryAfterMs, history) }
        : { kind: 'fail' };
    case 'exit':
    case 'signal':
    case 'timeout':
    case 'protocol':
    case 'dropped':
    case 'interrupted':
      return history.retries < history.maxRetries
        ? { kind: 'retry', delayMs: backoff(history.retryDelayMs, history.retries, history.jitter) }
        : { kind: 'fail' };
    case 'authentication':
    case 'not_started':
      return history.fallbacks > 0 ? { kind: 'fallback' } : { kind: 'fail' };
    case 'denied':
    case 'invalid':
    case 'no_evidence':
    case 'rejected':
      return { kind: 'fail' };
    default:
      return unreachable(failure);
  }
}

/** `base`, twice that, four times that, …, plus at most 10 %; ms. */
function backoff(baseMs: number, times: number, jitter: number): number {
  // Without its own bound the power becomes infinite, and no delay at all (0 ms) times that is not a number.
  const delay = Math.min(baseMs * 2 ** Math.min(times, MOST_DOUBLINGS), LONGEST_WAIT_MS);
  return Math.round(delay * (1 + jitter / 10));
}

function throttleDelay(toldMs: number | undefined, history: FailureHistory): number {
  const base = Math.max(history.retryDelayMs, LEAST_THROTTLE_MS);
  return toldMs ?? backoff(base, history.throttles, history.jitter);
}
