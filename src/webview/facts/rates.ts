import type { MetricsRow } from '../../shared/view-models/group-views.ts';

/** Formats successes with their rate: `3 (75 %)`, `0 (0 %)`; only the count if there is no rate yet. */
export function describeRate({ successes, successRate }: MetricsRow): string {
  return successRate === null
    ? String(successes)
    : `${successes} (${Math.floor(successRate * 100)} %)`;
}

/** Formats the failures by reason: `2 timeout, 1 no evidence`; empty if nothing failed. */
export function describeFailures({ failures }: MetricsRow): string {
  return failures.map(({ reason, count }) => `${count} ${reason.replaceAll('_', ' ')}`).join(', ');
}
