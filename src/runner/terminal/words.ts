import type { Outcome } from '../../coordinator/schema/attempt.ts';
import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';

/** Formats ms as `0.4 s`, `30 s` or `1 min 12 s`. */
export function duration(ms: number): string {
  if (ms < 10_000) {
    return t('{0} s', (ms / 1000).toFixed(1));
  }
  const seconds = Math.round(ms / 1000);
  return seconds < 60
    ? t('{0} s', seconds)
    : t('{0} min {1} s', Math.floor(seconds / 60), seconds % 60);
}

/** `12.4k in / 1.8k out`, and `$0.11` if the agent reports its cost. */
export function usageWords({
  inputTokens,
  outputTokens,
  costUsd,
}: NonNullable<Outcome['usage']>): string[] {
  const tokens = t('{0} in / {1} out', thousands(inputTokens), thousands(outputTokens));
  return costUsd === null ? [tokens] : [tokens, `$${costUsd.toFixed(2)}`];
}

function thousands(count: number): string {
  if (count < 1000) {
    return String(count);
  }
  if (count < 1_000_000) {
    return `${(count / 1000).toFixed(1)}k`;
  }
  return `${(count / 1_000_000).toFixed(1)}M`;
}

/** A short label for the end of an attempt. */
export function endWord(outcome: Outcome): string {
  const reason = outcome.failure?.reason;
  switch (reason) {
    case undefined:
      return t('completed');
    case 'cancelled':
      return t('stopped');
    case 'timeout':
      return t('timed out');
    case 'throttled':
      return t('throttled');
    case 'denied':
      return t('permission denied');
    case 'exit':
    case 'signal':
    case 'protocol':
    case 'dropped':
    case 'authentication':
    case 'invalid':
    case 'not_started':
    case 'interrupted':
    case 'no_evidence':
    case 'rejected':
      return t('failed');
    default:
      return unreachable(reason);
  }
}
