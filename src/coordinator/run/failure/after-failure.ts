import type { Failure } from '../../../shared/failure.ts';
import { unreachable } from '../../../shared/unreachable.ts';
import { type Blame, classOf, FAILURE_TABLE, type Step } from './failure-table.ts';

/** A task's history and remaining options. */
export interface FailureHistory {
  /** Retries with the agent that failed. */
  readonly retries: number;
  /** Maximum number of retries with this agent. */
  readonly maxRetries: number;
  /** Consecutive refusals by the provider, without a success of any of its attempts in between. */
  readonly throttles: number;
  /** Number of remaining agents in the task's list. */
  readonly fallbacks: number;
  /** Delay before the first retry, ms. */
  readonly retryDelayMs: number;
  /** In [0, 1): spreads retries by at most 10 %. */
  readonly jitter: number;
  /** Whether it was the task's own `run:` line, which is no agent with a breaker. */
  readonly ownCommand: boolean;
}

type Answer =
  | { readonly kind: 'retry' | 'wait'; readonly delayMs: number }
  | { readonly kind: 'fallback' | 'give_up' | 'cancel' };

export type Consequence = Answer & {
  /** Whether only the user can resolve it and has to be notified at once, whatever happens next. */
  readonly escalate: boolean;
  /** Party at fault: only failures through the agent's fault count for its circuit breaker. */
  readonly blames: Blame;
};

/** Maximum delay that we choose ourselves, ms; jitter comes on top. */
const LONGEST_WAIT_MS = 300_000;
/** Enough doublings from 1 ms to the maximum delay. */
const MOST_DOUBLINGS = 30;
/** After this many consecutive refusals it is no longer treated as throttling. */
const MOST_THROTTLES = 50;
/** Minimum wait for a provider that gives no delay, ms. */
const LEAST_THROTTLE_MS = 2_000;

/**
 * The consequence of a failed attempt: the first step of its class that is not used up. Only transient failures are
 * retried, and throttling uses up no retry.
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
      // Only for suites, never for attempts.
      return null;
    default:
      return unreachable(step);
  }
}

/** Exponential backoff from `base`, plus at most 10 % jitter; ms. */
function backoff(baseMs: number, times: number, jitter: number): number {
  // Bounded, because the power would become infinite, and a delay of 0 ms times infinity is NaN.
  const delay = Math.min(baseMs * 2 ** Math.min(times, MOST_DOUBLINGS), LONGEST_WAIT_MS);
  return Math.round(delay * (1 + jitter / 10));
}

function throttleDelay(failure: Failure, history: FailureHistory): number {
  const base = Math.max(history.retryDelayMs, LEAST_THROTTLE_MS);
  const retryAfterMs = failure.reason === 'throttled' ? failure.retryAfterMs : undefined;
  return retryAfterMs ?? backoff(base, history.throttles, history.jitter);
}
