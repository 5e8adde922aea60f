import { claudeCommand } from '../agents/commands.ts';
import { findExecutable } from '../agents/detect.ts';
import type { Config, CustomAgent } from '../coordinator/config.ts';
import type { AgentPlan } from '../coordinator/run-plan.ts';
import type { Task } from '../coordinator/task.ts';
import { asAgentId } from '../shared/ids.ts';

/** Which agents a task may be carried out by, in order, and why others of its list may not. */
export interface ResolvedAgents {
  readonly agents: AgentPlan[];
  readonly warnings: string[];
  /** Why there is none; `null` if there is one. */
  readonly refusal: string | null;
}

/** Retries of an agent when nobody says otherwise; a `run:` has none. */
const AGENT_RETRIES = 2;

/** Looks programs up, each once. */
export type FindProgram = (name: string) => Promise<string | null>;

/** A `FindProgram` for one environment that remembers what it found. */
export function programFinder(env: NodeJS.ProcessEnv): FindProgram {
  const known = new Map<string, Promise<string | null>>();
  return (name) => {
    const found = known.get(name) ?? findExecutable(name, env);
    known.set(name, found);
    return found;
  };
}

/** The agents of one task: its own `run:`, else its subagent's agent and the task's fallbacks, where installed. */
export async function resolveAgents(
  task: Task,
  subagent: string,
  config: Config,
  find: FindProgram,
): Promise<ResolvedAgents> {
  if (task.run !== null) {
    return { agents: [runAgent(task.run, subagent, config)], warnings: [], refusal: null };
  }
  const agents: AgentPlan[] = [];
  const missing: string[] = [];
  for (const [agent, role] of candidates(task, subagent, config)) {
    const resolved = await resolveAgent(agent, role, config, find);
    if (typeof resolved === 'string') {
      missing.push(resolved);
    } else {
      agents.push(resolved);
    }
  }
  return agents.length > 0
    ? { agents, warnings: missing.map((why) => `${task.id}: ${why}`), refusal: null }
    : { agents, warnings: [], refusal: missing.join(' ') };
}

function runAgent(line: string, subagent: string, config: Config): AgentPlan {
  return {
    agent: asAgentId('run'),
    subagent,
    command: { kind: 'shell', line },
    adapter: 'none',
    stdin: 'closed',
    env: {},
    timeoutMs: config.timeoutMs,
    maxRetries: config.maxRetries ?? 0,
    provider: '',
    maxConcurrent: null,
    price: null,
    expectsChanges: false,
  };
}

/** Agent and role, the first choice first; a fallback names an agent, or a subagent and so its agent. */
function candidates(task: Task, subagent: string, config: Config): (readonly [string, string])[] {
  const agentOf = (role: string): string => config.subagents[role]?.agent ?? config.agent;
  const isAgent = (name: string): boolean =>
    name === 'claude' || Object.hasOwn(config.agents, name);
  const list = [
    [agentOf(subagent), subagent] as const,
    ...task.fallbackAgents.map((name) =>
      isAgent(name) ? ([name, subagent] as const) : ([agentOf(name), name] as const),
    ),
  ];
  const seen = new Set<string>();
  return list.filter(([agent, role]) => {
    const pair = `${agent}\n${role}`;
    return seen.has(pair) ? false : seen.add(pair);
  });
}

async function resolveAgent(
  agent: string,
  subagent: string,
  config: Config,
  find: FindProgram,
): Promise<AgentPlan | string> {
  const role = config.subagents[subagent];
  const shared = {
    agent: asAgentId(agent),
    subagent,
    expectsChanges: role?.expectsChanges ?? true,
  };
  if (Object.hasOwn(config.agents, agent)) {
    const custom = config.agents[agent];
    return custom === undefined ? unknownAgent(agent) : customAgent(custom, shared, config, find);
  }
  if (agent !== 'claude') {
    return unknownAgent(agent);
  }
  const path = await find(config.claudePath);
  if (path === null) {
    return `Claude Code (${config.claudePath}) was not found. Install it, or set parallelGroups.claudePath.`;
  }
  return {
    ...shared,
    command: claudeCommand({ path, model: role?.model }),
    adapter: 'claude',
    stdin: 'prompt',
    env: {},
    timeoutMs: config.timeoutMs,
    maxRetries: config.maxRetries ?? AGENT_RETRIES,
    provider: 'anthropic',
    maxConcurrent: null,
    price: null,
  };
}

function unknownAgent(agent: string): string {
  return `There is no agent called ${agent}. Define it under "agents" in parallel-groups.json.`;
}

async function customAgent(
  custom: CustomAgent,
  shared: Pick<AgentPlan, 'agent' | 'subagent' | 'expectsChanges'>,
  config: Config,
  find: FindProgram,
): Promise<AgentPlan | string> {
  const [name = ''] = custom.command;
  if ((await find(name)) === null) {
    return `The program ${name} of agent ${shared.agent} was not found: give a name on the PATH or an absolute path.`;
  }
  const { timeoutSeconds } = custom;
  return {
    ...shared,
    command: { kind: 'argv', argv: [...custom.command] },
    adapter: custom.events,
    stdin: custom.stdin,
    env: custom.env,
    timeoutMs: timeoutSeconds === undefined ? config.timeoutMs : Math.ceil(timeoutSeconds * 1000),
    maxRetries: custom.maxRetries ?? config.maxRetries ?? AGENT_RETRIES,
    provider: custom.events === 'claude' ? 'anthropic' : '',
    maxConcurrent: custom.maxConcurrent ?? null,
    price: custom.price ?? null,
  };
}
