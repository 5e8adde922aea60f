import type { Failure } from '../../../shared/failure.ts';

/** Failure classes and their handling; `docs/failures.md` has the same words and the same table. */
export const FAILURE_CLASSES = [
  'throttled',
  'timeout',
  'dropped',
  'crash',
  'protocol',
  'authentication',
  'not_started',
  'denied',
  'invalid',
  'no_evidence',
  'tests_failed',
  'interrupted',
  'rejected',
  'cancelled',
] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/**
 * `wait`: until the provider accepts requests again. `retry`: after a doubling delay. `fallback`: the next agent of the
 * task's list. `give_up`: a dead letter. `stay_open`: nothing new is closed, and no task is blamed. `cancel`: as the
 * user requested.
 */
export type Step = 'wait' | 'retry' | 'fallback' | 'give_up' | 'stay_open' | 'cancel';

/** Party at fault: only failures through the agent's fault count for its circuit breaker. */
export type Blame = 'agent' | 'task' | 'nobody';

export interface FailureRow {
  /** Tried in order, each until it is used up; the last one never is. */
  readonly steps: readonly [Step, ...Step[]];
  readonly blames: Blame;
  /** Whether only the user can resolve it, and is notified at once. */
  readonly escalates: boolean;
}

const passes: FailureRow = {
  steps: ['retry', 'fallback', 'give_up'],
  blames: 'agent',
  escalates: false,
};

export const FAILURE_TABLE: Readonly<Record<FailureClass, FailureRow>> = {
  throttled: { steps: ['wait', 'fallback', 'give_up'], blames: 'nobody', escalates: false },
  timeout: passes,
  dropped: passes,
  crash: passes,
  protocol: passes,
  authentication: { steps: ['fallback', 'give_up'], blames: 'agent', escalates: true },
  not_started: { steps: ['fallback', 'give_up'], blames: 'agent', escalates: true },
  denied: { steps: ['give_up'], blames: 'task', escalates: true },
  invalid: { steps: ['give_up'], blames: 'task', escalates: true },
  no_evidence: { steps: ['give_up'], blames: 'task', escalates: false },
  tests_failed: { steps: ['stay_open'], blames: 'nobody', escalates: true },
  interrupted: { steps: ['retry', 'give_up'], blames: 'nobody', escalates: false },
  rejected: { steps: ['give_up'], blames: 'nobody', escalates: true },
  cancelled: { steps: ['cancel'], blames: 'nobody', escalates: false },
};

/** The table row of a failed attempt. */
export function classOf({ reason }: Failure): Exclude<FailureClass, 'tests_failed'> {
  return reason === 'exit' || reason === 'signal' ? 'crash' : reason;
}

/** Whether only the user can resolve it. */
export function escalates(failure: Failure): boolean {
  return FAILURE_TABLE[classOf(failure)].escalates;
}
