import type { AgentDefinition, LaunchOptions } from '../../agents/contract/agent.ts';
import { AGENTS } from '../../agents/registry.ts';
import type { Command } from '../../coordinator/schema/attempt.ts';
import type { AgentPrices, Config, CustomAgent } from '../../coordinator/schema/config.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';
import { type BuiltInAgent, isBuiltInAgent } from '../../shared/agent-ids.ts';
import { asAgentId } from '../../shared/ids.ts';
import { USAGE_FILE } from '../../store/attempts/attempt-directory.ts';
import type { FindProgram } from '../../system/find-program.ts';
import { programOf } from './built-in-program.ts';
import { type LaunchRole, launchRole, plannedTools } from './launch-role.ts';

/** Default number of retries of an agent; a `run:` has none. */
const AGENT_RETRIES = 2;

/** Placeholders, replaced at the launch of an attempt. */
const SESSION = '{session}';
const BUDGET = '{budgetUsd}';
const USAGE_PATH = `{attemptDir}/${USAGE_FILE}`;

/** Returns everything that the launch of an agent needs. The caller has checked that it is registered and installed. */
export async function resolveLaunch(
  agent: string,
  subagent: string,
  config: Config,
  find: FindProgram,
): Promise<LaunchSpec> {
  const role = Object.hasOwn(config.subagents, subagent) ? config.subagents[subagent] : undefined;
  const launch = launchRole(role, agent, role?.agent ?? config.agent);
  const common = {
    agent: asAgentId(agent),
    subagent,
    expectsChanges: role?.expectsChanges ?? true,
    model: launch.model,
    price: priceOf(config, agent, launch.model),
  };
  const custom = Object.hasOwn(config.agents, agent) ? config.agents[agent] : undefined;
  if (custom !== undefined) {
    return customSpec(custom, launch, common, config);
  }
  if (!isBuiltInAgent(agent)) {
    throw new Error(`Nobody knows how the agent ${agent} is started.`);
  }
  const program = programOf(config, agent);
  return builtInSpec(agent, (await find(program)) ?? program, launch, common, config);
}

type CommonFields = Pick<LaunchSpec, 'agent' | 'subagent' | 'expectsChanges' | 'model' | 'price'>;

function builtInSpec(
  id: BuiltInAgent,
  path: string,
  launch: LaunchRole,
  common: CommonFields,
  config: Config,
): LaunchSpec {
  const definition = AGENTS[id];
  const options = {
    path,
    model: launch.model ?? undefined,
    tools: launch.tools ?? undefined,
    usageFile: USAGE_PATH,
    budgetUsd: config.policies.budget.maxCostUsd === null ? undefined : BUDGET,
  };
  const start = (more: { readonly sessionId: string } | { readonly resume: string }): Command => ({
    kind: 'argv',
    argv: definition.headless({ ...options, ...more }),
  });
  return {
    ...common,
    tools: plannedTools(launch, enforcesTools(definition, launch.tools)),
    command: start({ sessionId: SESSION }),
    resume: start({ resume: SESSION }),
    adapter: id,
    stdin: definition.stdin,
    env: { ...definition.env },
    timeoutMs: config.timeoutMs,
    maxRetries: config.maxRetries ?? AGENT_RETRIES,
    provider: providerOf(definition, launch.model),
    maxConcurrent: null,
  };
}

/** Whether a program's command line restricts its tools: it then differs from the command line without them. */
function enforcesTools(definition: AgentDefinition, tools: LaunchRole['tools']): boolean {
  const argv = (more: Partial<LaunchOptions>): string =>
    JSON.stringify(definition.headless({ path: '', ...more }));
  return tools !== null && argv({ tools }) !== argv({});
}

/** Returns the provider whose window the agent shares: its own, or its model's if it has many: `anthropic/claude-…`. */
function providerOf({ modelsByProvider, provider }: AgentDefinition, model: string | null): string {
  return modelsByProvider && model !== null ? (model.split('/')[0] ?? '') : provider;
}

function customSpec(
  custom: CustomAgent,
  launch: LaunchRole,
  common: CommonFields,
  config: Config,
): LaunchSpec {
  const { timeoutSeconds, events, resume } = custom;
  return {
    ...common,
    tools: plannedTools(launch, false),
    command: { kind: 'argv', argv: [...custom.command] },
    adapter: events,
    stdin: custom.stdin,
    env: custom.env,
    timeoutMs: timeoutSeconds === undefined ? config.timeoutMs : Math.ceil(timeoutSeconds * 1000),
    maxRetries: custom.maxRetries ?? config.maxRetries ?? AGENT_RETRIES,
    provider: events === 'none' ? '' : AGENTS[events].provider,
    maxConcurrent: custom.maxConcurrent ?? null,
    resume: resume === undefined ? null : { kind: 'argv', argv: [...resume] },
  };
}

/**
 * Returns the token price of an agent, for use where the agent reports no cost itself. The price table comes first,
 * with the model's price before the agent's, then the price in the agent's definition; `null` if unknown.
 */
function priceOf(
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
