import type { AgentPrices, Config } from '../../coordinator/schema/config.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';

/**
 * Returns the token price of an agent, for use where the agent reports no cost itself. The price table comes first,
 * with the model's price before the agent's, then the price in the agent's definition; `null` if unknown.
 */
export function priceOf(
  { prices, agents }: Pick<Config, 'prices' | 'agents'>,
  agent: string,
  model: string | null,
): LaunchSpec['price'] {
  const table = own(prices, agent);
  const ofModel = model === null ? undefined : own(table?.models ?? {}, model);
  return ofModel ?? agentPrice(table) ?? own(agents, agent)?.price ?? null;
}

function agentPrice(table: AgentPrices | undefined): LaunchSpec['price'] {
  return table?.inputPerMTok === undefined || table.outputPerMTok === undefined
    ? null
    : { inputPerMTok: table.inputPerMTok, outputPerMTok: table.outputPerMTok };
}

/** Reads an own property only: users choose the names, and one may be `constructor`. */
function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
