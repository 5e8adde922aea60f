import type { Usage } from '../../shared/view-models/group-views.ts';
import type { LaunchSpec } from '../schema/run-spec.ts';

const TOKENS_PER_PRICE = 1_000_000;

/** Usage with its cost: as the agent says, else estimated by its price; as it is where neither is known. */
export function priced(usage: Usage, price: LaunchSpec['price']): Usage {
  return usage.costUsd !== null || price === null
    ? usage
    : { ...usage, costUsd: costOf(usage, price), costEstimated: true };
}

/** USD: as the agent says, else by its price; `null` where neither is known. */
export function costOf(usage: Usage, price: LaunchSpec['price']): number | null {
  if (usage.costUsd !== null || price === null) {
    return usage.costUsd;
  }
  const { inputPerMTok, outputPerMTok } = price;
  return (usage.inputTokens * inputPerMTok + usage.outputTokens * outputPerMTok) / TOKENS_PER_PRICE;
}
