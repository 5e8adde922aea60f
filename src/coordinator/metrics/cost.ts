import type { Usage } from '../../shared/view-models/group-views.ts';
import type { LaunchSpec } from '../schema/run-spec.ts';

const TOKENS_PER_PRICE = 1_000_000;

/** Usage with its cost: as reported by the agent, else estimated from its price; unchanged if neither is known. */
export function priced(usage: Usage, price: LaunchSpec['price']): Usage {
  return usage.costUsd !== null || price === null
    ? usage
    : { ...usage, costUsd: costOf(usage, price), costEstimated: true };
}

/** USD: as reported by the agent, else estimated from its price; `null` if neither is known. */
export function costOf(usage: Usage, price: LaunchSpec['price']): number | null {
  if (usage.costUsd !== null || price === null) {
    return usage.costUsd;
  }
  const { inputPerMTok, outputPerMTok } = price;
  return (usage.inputTokens * inputPerMTok + usage.outputTokens * outputPerMTok) / TOKENS_PER_PRICE;
}
