import { type AgentFacts, noFacts } from '../../coordinator/agents/agent-state.ts';
import { dispatch } from '../../coordinator/agents/dispatch.ts';
import type { AgentCatalog } from '../../coordinator/agents/registry.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';
import type { Task } from '../../coordinator/schema/task.ts';
import type { DispatchCode } from '../../shared/failure.ts';
import { asAgentId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { FindProgram } from '../../system/find-program.ts';
import { buildRegistry } from './build-registry.ts';
import { asInteractive } from './resolve-interactive.ts';
import { resolveLaunch } from './resolve-launch.ts';

export { type FindProgram, programFinder } from '../../system/find-program.ts';

/** The agents that may carry out a task, in order, and the reasons that rule out others of its list. */
export interface ResolvedAgents {
  readonly agents: LaunchSpec[];
  readonly warnings: string[];
  /** The reason for an empty list; `null` if there is at least one agent. */
  readonly refusal: string | null;
  /** `null` exactly if `refusal` is. */
  readonly code: DispatchCode | null;
  /** The subagent of the task. If the task names a kind of work, the first subagent that does it. */
  readonly subagent: string;
}

/** The available agents and the current facts about them. */
export interface Dispatcher {
  readonly registry: AgentCatalog;
  readonly facts: AgentFacts;
}

/** Creates a dispatcher that knows only the configuration. */
export async function plainDispatcher(config: Config, find: FindProgram): Promise<Dispatcher> {
  const { registry } = await buildRegistry(config, find);
  return { registry, facts: { ...noFacts(0), allowed: config.policies.allowedAgents } };
}

/** Returns the agents of a task: its own `run:`, else its subagent's agent and the task's usable fallbacks. */
export async function resolveAgents(
  task: Task,
  subagent: string,
  config: Config,
  find: FindProgram,
  dispatcher?: Dispatcher,
): Promise<ResolvedAgents> {
  const { registry, facts } = dispatcher ?? (await plainDispatcher(config, find));
  const found = dispatch(task, subagent, registry, facts);
  if (found.kind === 'rejected') {
    const { code, message } = found;
    return { agents: [], warnings: [], refusal: message, code, subagent };
  }
  const resolved = { refusal: null, code: null, subagent: found.subagent };
  if (task.run !== null) {
    return { agents: [runCommandSpec(task.run, subagent, config)], warnings: [], ...resolved };
  }
  const warnings = found.passedOver.map((why) => `${task.id}: ${why}`);
  const agents: LaunchSpec[] = [];
  for (const choice of found.choices) {
    const headless = await resolveLaunch(choice.agent, choice.subagent, config, find);
    const spec = isInteractive(task, config) ? asInteractive(headless, config) : headless;
    if (spec === null) {
      warnings.push(
        t(
          '{0}: {1} has no user interface of its own, so it works without a person.',
          task.id,
          choice.agent,
        ),
      );
    }
    agents.push(spec ?? headless);
  }
  return { agents, warnings, ...resolved };
}

/** The task's own setting overrides the configuration. */
function isInteractive({ interactive }: Task, config: Config): boolean {
  return interactive ?? config.interactive === 'always';
}

function runCommandSpec(line: string, subagent: string, config: Config): LaunchSpec {
  return {
    agent: asAgentId('run'),
    subagent,
    command: { kind: 'shell', line },
    model: null,
    tools: null,
    adapter: 'none',
    stdin: 'closed',
    env: {},
    timeoutMs: config.timeoutMs,
    maxRetries: config.maxRetries ?? 0,
    provider: '',
    maxConcurrent: null,
    price: null,
    expectsChanges: false,
    resume: null,
  };
}
