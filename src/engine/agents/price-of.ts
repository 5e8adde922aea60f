import type { AgentPrices, Config } from '../../coordinator/schema/config.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';

/**
 * What the tokens of an agent cost, for where it names no cost itself: by the table of prices, its model's before its
 * own, else by the price of its definition; `null` where nobody says.
 */
export function priceOf(
  { prices, agents }: Pick<Config, 'prices' | 'agents'>,
  agent: string,
  model: string | null,
): LaunchSpec['price'] {
  const table = own(prices, agent);
  const ofModel = model === null ? undefined : own(table?.models ?? {}, model);
  return ofModel ?? inGeneral(table) ?? own(agents, agent)?.price ?? null;
}

function inGeneral(table: AgentPrices | undefined): LaunchSpec['price'] {
  return table?.inputPerMTok === undefined || table.outputPerMTok === undefined
    ? null
    : { inputPerMTok: table.inputPerMTok, outputPerMTok: table.outputPerMTok };
}

/** Names are of people: one may be `constructor`. */
function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
