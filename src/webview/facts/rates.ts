import type { MetricsRow } from '../../shared/view-models/group-views.ts';

/** `3 (75 %)`, `0 (0 %)`; only the count before there is anything to judge by. */
export function describeRate({ successes, successRate }: MetricsRow): string {
  return successRate === null
    ? String(successes)
    : `${successes} (${Math.floor(successRate * 100)} %)`;
}

/** `2 timeout, 1 no evidence`; empty where nothing failed. */
export function describeFailures({ failures }: MetricsRow): string {
  return failures.map(({ reason, count }) => `${count} ${reason.replaceAll('_', ' ')}`).join(', ');
}
