import type { Usage } from '../../shared/view-models/group-views.ts';

/** Tokens in and out. */
export type Tokens = Pick<Usage, 'inputTokens' | 'outputTokens'>;

const NONE: Tokens = { inputTokens: 0, outputTokens: 0 };

/**
 * What was used since `baseline`, where a program counts a session's figures on when it is taken up again. Some versions
 * do and some do not: figures that cannot contain both what was before and `own`, what is known of this attempt by itself,
 * are this attempt's alone.
 */
export function usedSince(total: Usage, baseline: Usage | null, own: Tokens = NONE): Usage {
  if (baseline === null) {
    return total;
  }
  const rest = {
    inputTokens: total.inputTokens - baseline.inputTokens,
    outputTokens: total.outputTokens - baseline.outputTokens,
  };
  const contained = rest.inputTokens >= own.inputTokens && rest.outputTokens >= own.outputTokens;
  return contained ? { ...rest, costUsd: costSince(total.costUsd, baseline.costUsd) } : total;
}

function costSince(total: number | null, before: number | null): number | null {
  if (total === null || before === null || total < before) {
    return total;
  }
  // Sums of prices are not exact in binary; a millionth of a dollar is.
  return Math.round((total - before) * 1e6) / 1e6;
}
