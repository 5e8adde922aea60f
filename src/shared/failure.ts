/**
 * Why an attempt did not succeed. Each reason has its own shape; `message` is one plain sentence that can be shown
 * unchanged, and `remedy` says what the user can do next.
 */
interface FailureBase {
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** The process ended with a code other than 0. */
export interface ExitFailure extends FailureBase {
  readonly reason: 'exit';
  readonly exitCode: number;
}
/** A signal that we did not send ended the process. */
export interface SignalFailure extends FailureBase {
  readonly reason: 'signal';
  readonly signal: string;
}
/** The attempt's time limit passed. */
export interface TimeoutFailure extends FailureBase {
  readonly reason: 'timeout';
  readonly limitMs: number;
}
/** The agent ended without its final event. */
export interface ProtocolFailure extends FailureBase {
  readonly reason: 'protocol';
}
/** The connection to the model broke off. */
export interface DroppedFailure extends FailureBase {
  readonly reason: 'dropped';
}
/** The provider throttled (429, 529, quota); waiting helps. `retryAfterMs`: delay that the provider asked for. */
export interface ThrottledFailure extends FailureBase {
  readonly reason: 'throttled';
  readonly retryAfterMs?: number | undefined;
}
/** Not signed in, or the key was refused. */
export interface AuthenticationFailure extends FailureBase {
  readonly reason: 'authentication';
}
/** The agent was denied a required action, so it silently skipped work. */
export interface DeniedFailure extends FailureBase {
  readonly reason: 'denied';
  readonly denials: readonly string[];
}
/** The request or the configuration is wrong; a retry cannot help. */
export interface InvalidFailure extends FailureBase {
  readonly reason: 'invalid';
}
/** The program could not be started at all. */
export interface NotStartedFailure extends FailureBase {
  readonly reason: 'not_started';
}
/** The user or the end of the run stopped the attempt. */
export interface CancelledFailure extends FailureBase {
  readonly reason: 'cancelled';
}
/** The runner vanished without a last event: killed, or the machine went down. */
export interface InterruptedFailure extends FailureBase {
  readonly reason: 'interrupted';
}
/** The agent said it was done, but there is no evidence of it. */
export interface NoEvidenceFailure extends FailureBase {
  readonly reason: 'no_evidence';
}

/** Nothing was launched: no agent may or can accept the task. `code` is for scripts. */
export interface RejectedFailure extends FailureBase {
  readonly reason: 'rejected';
  readonly code: DispatchCode;
}

/** Why no agent receives a task. */
export const DISPATCH_CODES = [
  'NO_AGENT_TYPE',
  'NO_AVAILABLE_AGENT',
  'POLICY_VIOLATION',
  'TASK_VALIDATION_FAILED',
  'AGENT_ALREADY_REGISTERED',
  'MAX_FEEDBACK_LOOPS',
] as const;
export type DispatchCode = (typeof DISPATCH_CODES)[number];

export type Failure =
  | ExitFailure
  | SignalFailure
  | TimeoutFailure
  | ProtocolFailure
  | DroppedFailure
  | ThrottledFailure
  | AuthenticationFailure
  | DeniedFailure
  | InvalidFailure
  | NotStartedFailure
  | CancelledFailure
  | InterruptedFailure
  | NoEvidenceFailure
  | RejectedFailure;

export type FailureReason = Failure['reason'];
