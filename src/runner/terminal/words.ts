import type { Outcome } from '../../coordinator/schema/attempt.ts';
import { unreachable } from '../../shared/unreachable.ts';

/** `0:07`, `12:30`, `1:02:03`: how long it has been, in ms. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0
    ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

/** `30 s`, `1 min 12 s`, `0.4 s`. */
export function duration(ms: number): string {
  if (ms < 10_000) {
    return `${(ms / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `12.4k in / 1.8k out`, with `$0.11` where the agent tells what it cost. */
export function usageWords({
  inputTokens,
  outputTokens,
  costUsd,
}: NonNullable<Outcome['usage']>): string[] {
  const tokens = `${thousands(inputTokens)} in / ${thousands(outputTokens)} out`;
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

/** One word for how it ended. */
export function endWord(outcome: Outcome): string {
  const reason = outcome.failure?.reason;
  switch (reason) {
    case undefined:
      return 'completed';
    case 'cancelled':
      return 'stopped';
    case 'timeout':
      return 'timed out';
    case 'throttled':
      return 'throttled';
    case 'denied':
      return 'permission denied';
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
      return 'failed';
    default:
      return unreachable(reason);
  }
}
