import type { Failure, FailureReason } from '../../shared/failure.ts';
import { type Check, listOf, number, optional, text } from './check.ts';

type Member = (value: unknown) => boolean;

/** What each reason carries beside the sentence; a new reason is a type error here. */
const MEMBERS: Readonly<Record<FailureReason, Readonly<Record<string, Member>>>> = {
  exit: { exitCode: number },
  signal: { signal: text },
  timeout: { limitMs: number },
  protocol: {},
  dropped: {},
  throttled: { retryAfterMs: optional(number) },
  authentication: {},
  denied: { denials: listOf(text) },
  invalid: {},
  not_started: {},
  cancelled: {},
  interrupted: {},
  no_evidence: {},
  rejected: { code: text },
};
const BASE: Readonly<Record<string, Member>> = { message: text, remedy: optional(text) };

/** Whether something is a failure with all that its reason promises. */
export const isFailure: Check<Failure> = (value): value is Failure => {
  if (typeof value !== 'object' || value === null || !('reason' in value)) {
    return false;
  }
  const { reason } = value;
  if (!isReason(reason)) {
    return false;
  }
  const given = new Map<string, unknown>(Object.entries(value));
  const members = Object.entries({ ...BASE, ...MEMBERS[reason] });
  return members.every(([name, check]) => check(given.get(name)));
};

/** Whether something is one of the reasons that failures have. */
export function isReason(value: unknown): value is FailureReason {
  return typeof value === 'string' && Object.hasOwn(MEMBERS, value);
}
