import type { AgentDefinition, LaunchOptions } from '../../agents/contract/agent.ts';
import { AGENTS } from '../../agents/registry.ts';
import type { Command } from '../../coordinator/schema/attempt.ts';
import type { Config, CustomAgent } from '../../coordinator/schema/config.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';
import { type BuiltInAgent, isBuiltInAgent } from '../../shared/agent-ids.ts';
import { asAgentId } from '../../shared/ids.ts';
import { USAGE_FILE } from '../../store/attempts/attempt-directory.ts';
import type { FindProgram } from '../../system/find-program.ts';
import { programOf } from './built-in-program.ts';
import { type LaunchRole, launchRole, plannedTools } from './launch-role.ts';
import { priceOf } from './price-of.ts';

/** Retries of an agent when nobody says otherwise; a `run:` has none. */
const AGENT_RETRIES = 2;

/** Filled in when an attempt is launched. */
const SESSION = '{session}';
const BUDGET = '{budgetUsd}';
const LEFT_USAGE = `{attemptDir}/${USAGE_FILE}`;

/** Everything that the launch of an agent needs. Whoever asks knows that it is registered and installed. */
export async function resolveLaunch(
  agent: string,
  subagent: string,
  config: Config,
  find: FindProgram,
): Promise<LaunchSpec> {
  const role = Object.hasOwn(config.subagents, subagent) ? config.subagents[subagent] : undefined;
  const launch = launchRole(role, agent, role?.agent ?? config.agent);
  const shared = {
    agent: asAgentId(agent),
    subagent,
    expectsChanges: role?.expectsChanges ?? true,
    model: launch.model,
    price: priceOf(config, agent, launch.model),
  };
  const custom = Object.hasOwn(config.agents, agent) ? config.agents[agent] : undefined;
  if (custom !== undefined) {
    return customPlan(custom, launch, shared, config);
  }
  if (!isBuiltInAgent(agent)) {
    throw new Error(`Nobody knows how the agent ${agent} is started.`);
  }
  const program = programOf(config, agent);
  return builtInPlan(agent, (await find(program)) ?? program, launch, shared, config);
}

type Shared = Pick<LaunchSpec, 'agent' | 'subagent' | 'expectsChanges' | 'model' | 'price'>;

function builtInPlan(
  id: BuiltInAgent,
  path: string,
  launch: LaunchRole,
  shared: Shared,
  config: Config,
): LaunchSpec {
  const definition = AGENTS[id];
  const options = {
    path,
    model: launch.model ?? undefined,
    tools: launch.tools ?? undefined,
    usageFile: LEFT_USAGE,
    budgetUsd: config.policies.budget.maxCostUsd === null ? undefined : BUDGET,
  };
  const start = (more: { readonly sessionId: string } | { readonly resume: string }): Command => ({
    kind: 'argv',
    argv: definition.headless({ ...options, ...more }),
  });
  return {
    ...shared,
    tools: plannedTools(launch, isHeld(definition, launch.tools)),
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

/** Whether a program's command line says which tools it may use: then it is another one than without them. */
function isHeld(definition: AgentDefinition, tools: LaunchRole['tools']): boolean {
  const argv = (more: Partial<LaunchOptions>): string =>
    JSON.stringify(definition.headless({ path: '', ...more }));
  return tools !== null && argv({ tools }) !== argv({});
}

/** A program that has models of many providers shares the window of the one that its model is of: `anthropic/claude-…`. */
function providerOf({ modelsByProvider, provider }: AgentDefinition, model: string | null): string {
  return modelsByProvider && model !== null ? (model.split('/')[0] ?? '') : provider;
}

function customPlan(
  custom: CustomAgent,
  launch: LaunchRole,
  shared: Shared,
  config: Config,
): LaunchSpec {
  const { timeoutSeconds, events, resume } = custom;
  return {
    ...shared,
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
