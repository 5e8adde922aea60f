import type { Usage } from '../../shared/views.ts';

/**
 * What was used since `baseline`, where a program counts a session's figures on when it is taken up again: the cost, and
 * the tokens if `tokensToo`. A figure that is smaller than that of before cannot contain it, so it is this attempt's alone.
 */
export function usedSince(total: Usage, baseline: Usage | null, tokensToo: boolean): Usage {
  if (baseline === null) return total;
  const costUsd = costSince(total.costUsd, baseline.costUsd);
  if (!tokensToo || !contains(total, baseline)) return { ...total, costUsd };
  return {
    inputTokens: total.inputTokens - baseline.inputTokens,
    outputTokens: total.outputTokens - baseline.outputTokens,
    costUsd,
  };
}

function contains(total: Usage, part: Usage): boolean {
  return total.inputTokens >= part.inputTokens && total.outputTokens >= part.outputTokens;
}

function costSince(total: number | null, before: number | null): number | null {
  if (total === null || before === null || total < before) return total;
  // Sums of prices are not exact in binary; a millionth of a dollar is.
  return Math.round((total - before) * 1e6) / 1e6;
}
