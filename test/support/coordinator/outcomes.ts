import type { TestsResult } from '../../../src/coordinator/run/state/state.ts';
import type { Outcome } from '../../../src/coordinator/schema/attempt.ts';
import type { Failure, FailureReason } from '../../../src/shared/failure.ts';

/** One failure of every kind. */
export const FAILURES: {
  readonly [Reason in FailureReason]: Extract<Failure, { reason: Reason }>;
} = {
  exit: { reason: 'exit', exitCode: 2, message: 'It ended with code 2.' },
  signal: { reason: 'signal', signal: 'SIGSEGV', message: 'It was ended by SIGSEGV.' },
  timeout: { reason: 'timeout', limitMs: 60_000, message: 'It took longer than a minute.' },
  protocol: { reason: 'protocol', message: 'It ended without its last word.' },
  dropped: { reason: 'dropped', message: 'The connection broke off.' },
  throttled: { reason: 'throttled', retryAfterMs: 20_000, message: 'Too many requests.' },
  authentication: { reason: 'authentication', message: 'Not signed in.' },
  denied: { reason: 'denied', denials: ['Bash'], message: 'It was denied Bash.' },
  invalid: { reason: 'invalid', message: 'No such model.' },
  not_started: { reason: 'not_started', message: 'No such program.' },
  cancelled: { reason: 'cancelled', message: 'A person stopped it.' },
  interrupted: { reason: 'interrupted', message: 'Its runner vanished.' },
  no_evidence: { reason: 'no_evidence', message: 'Nothing was changed.' },
  rejected: { reason: 'rejected', code: 'NO_AVAILABLE_AGENT', message: 'Nobody can take it.' },
};

/** Returns the outcome of an attempt: success, unless a failure (or its reason) is given. */
export function outcome(failure: Failure | FailureReason | null = null): Outcome {
  return {
    failure: typeof failure === 'string' ? FAILURES[failure] : failure,
    exitCode: failure === null ? 0 : 1,
    signal: null,
    durationMs: 1000,
    summary: failure === null ? 'Done.' : null,
    sessionId: null,
    usage: null,
    edits: [],
    denials: [],
    lastWord: failure === null,
  };
}

/** Returns the result of a suite. */
export function testsResult(status: TestsResult['status']): TestsResult {
  return {
    status,
    command: 'npm test',
    total: 3,
    passed: status === 'passed' ? 3 : 0,
    failed: status === 'failed' ? 3 : 0,
    durationMs: 1000,
    failures: [],
    message: `The suite: ${status}.`,
  };
}
