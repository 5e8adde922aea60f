import type { Usage } from '../../shared/view-models/group-views.ts';

/** Tokens in and out. */
export type Tokens = Pick<Usage, 'inputTokens' | 'outputTokens'>;

const NONE: Tokens = { inputTokens: 0, outputTokens: 0 };

/**
 * The usage since `baseline`, for a program whose figures continue when a session is resumed. Some versions start from zero
 * instead. `own` is the known usage of this attempt alone: a total that cannot contain both `baseline` and `own` counts only
 * this attempt.
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
  // Binary sums of prices are not exact, so the result is rounded to a millionth of a dollar.
  return Math.round((total - before) * 1e6) / 1e6;
}
