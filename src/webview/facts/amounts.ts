import type { Usage } from '../../shared/view-models/group-views.ts';

/** `840`, `12.4k`, `1.2M`. */
export function describeTokens(count: number): string {
  if (count < 1000) {
    return String(count);
  }
  return count < 999_950 ? `${shortened(count / 1000)}k` : `${shortened(count / 1_000_000)}M`;
}

function shortened(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}

/** USD with the digits that matter: `$0.42`, `$12.00 (estimated)`, `under $0.01`. */
export function describeCost(usd: number, estimated = false): string {
  const amount = usd > 0 && usd < 0.005 ? 'under $0.01' : `$${usd.toFixed(2)}`;
  return estimated ? `${amount} (estimated)` : amount;
}

/** `12.4k in · 1.8k out · $0.11`; without the cost where the agent does not say. */
export function describeUsage(usage: Usage): string {
  const { inputTokens, outputTokens, costUsd, costEstimated } = usage;
  const tokens = `${describeTokens(inputTokens)} in · ${describeTokens(outputTokens)} out`;
  return costUsd === null ? tokens : `${tokens} · ${describeCost(costUsd, costEstimated)}`;
}

/** `21 Nov 2026, 14:05:09`, in the reader's own language and time zone. `at`: ms since the epoch. */
export function exactTime(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}
