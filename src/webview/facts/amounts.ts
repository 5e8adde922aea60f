import type { Usage } from '../../shared/view-models/group-views.ts';

/** Formats a number of tokens: `840`, `12.4k`, `1.2M`. */
export function describeTokens(count: number): string {
  if (count < 1000) {
    return String(count);
  }
  return count < 999_950 ? `${oneDecimal(count / 1000)}k` : `${oneDecimal(count / 1_000_000)}M`;
}

function oneDecimal(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}

/** Formats a cost in USD with its significant digits: `$0.42`, `$12.00 (estimated)`, `under $0.01`. */
export function describeCost(usd: number, estimated = false): string {
  const amount = usd > 0 && usd < 0.005 ? 'under $0.01' : `$${usd.toFixed(2)}`;
  return estimated ? `${amount} (estimated)` : amount;
}

/** Formats token usage: `12.4k in · 1.8k out · $0.11`. Omits the cost if the agent does not report it. */
export function describeUsage(usage: Usage): string {
  const { inputTokens, outputTokens, costUsd, costEstimated } = usage;
  const tokens = `${describeTokens(inputTokens)} in · ${describeTokens(outputTokens)} out`;
  return costUsd === null ? tokens : `${tokens} · ${describeCost(costUsd, costEstimated)}`;
}

/** Formats a time in the user's locale and time zone: `21 Nov 2026, 14:05:09`. `at`: ms since the epoch. */
export function exactTime(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}
