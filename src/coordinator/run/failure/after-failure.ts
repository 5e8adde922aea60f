import type { Failure } from '../../../shared/failure.ts';
import { unreachable } from '../../../shared/unreachable.ts';
import { type Blame, classOf, FAILURE_TABLE, type Step } from './failure-table.ts';

/** What a task has behind it and what it may still use. */
export interface FailureHistory {
  /** With the agent that failed. */
  readonly retries: number;
  /** That this agent is given. */
  readonly maxRetries: number;
  /** Times in a row that the provider refused, without a success of any of its attempts in between. */
  readonly throttles: number;
  /** Further agents in the task's list. */
  readonly fallbacks: number;
  /** ms before the first retry. */
  readonly retryDelayMs: number;
  /** In [0, 1): spreads retries by at most 10 %. */
  readonly jitter: number;
  /** Whether it was the task's own `run:` line, which is no agent that could be blamed. */
  readonly ownCommand: boolean;
}

type Answer =
  | { readonly kind: 'retry' | 'wait'; readonly delayMs: number }
  | { readonly kind: 'fallback' | 'give_up' | 'cancel' };

export type Consequence = Answer & {
  /** Whether only a person can mend it, and should be told at once, whatever happens next. */
  readonly escalate: boolean;
  /** Whose failure it is: only an agent's own counts for its circuit breaker. */
  readonly blames: Blame;
};

/** No wait that we choose ourselves is longer than this, ms; jitter comes on top. */
const LONGEST_WAIT_MS = 300_000;
/** More than anyone needs from 1 ms to the longest wait. */
const MOST_DOUBLINGS = 30;
/** A provider that refuses this often in a row is not throttling any more. */
const MOST_THROTTLES = 50;
/** A provider that does not say how long to wait is given at least this, ms. */
const LEAST_THROTTLE_MS = 2_000;

/**
 * What follows from a failed attempt: the first step of its class that is not used up. Only what may pass by itself is
 * tried again, and throttling uses up no retry.
 */
export function afterFailure(failure: Failure, history: FailureHistory): Consequence {
  const { steps, blames, escalates } = FAILURE_TABLE[classOf(failure)];
  const whose = blames === 'agent' && history.ownCommand ? 'task' : blames;
  for (const step of steps) {
    const answer = take(step, failure, history);
    if (answer !== null) {
      return { ...answer, escalate: escalates, blames: whose };
    }
  }
  return { kind: 'give_up', escalate: escalates, blames: whose };
}

/** `null`: the step is used up. */
function take(step: Step, failure: Failure, history: FailureHistory): Answer | null {
  switch (step) {
    case 'wait':
      return history.throttles < MOST_THROTTLES
        ? { kind: step, delayMs: throttleDelay(failure, history) }
        : null;
    case 'retry':
      return history.retries < history.maxRetries
        ? { kind: step, delayMs: backoff(history.retryDelayMs, history.retries, history.jitter) }
        : null;
    case 'fallback':
      return history.fallbacks > 0 ? { kind: step } : null;
    case 'give_up':
    case 'cancel':
      return { kind: step };
    case 'stay_open':
      // Said of a suite, never of an attempt.
      return null;
    default:
      return unreachable(step);
  }
}

/** `base`, twice that, four times that, …, plus at most 10 %; ms. */
function backoff(baseMs: number, times: number, jitter: number): number {
  // Without its own bound the power becomes infinite, and no delay at all (0 ms) times that is not a number.
  const delay = Math.min(baseMs * 2 ** Math.min(times, MOST_DOUBLINGS), LONGEST_WAIT_MS);
  return Math.round(delay * (1 + jitter / 10));
}

function throttleDelay(failure: Failure, history: FailureHistory): number {
  const base = Math.max(history.retryDelayMs, LEAST_THROTTLE_MS);
  const told = failure.reason === 'throttled' ? failure.retryAfterMs : undefined;
  return told ?? backoff(base, history.throttles, history.jitter);
}
