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

/** Which agents a task may be carried out by, in order, and why others of its list may not. */
export interface ResolvedAgents {
  readonly agents: LaunchSpec[];
  readonly warnings: string[];
  /** Why there is none; `null` if there is one. */
  readonly refusal: string | null;
  /** The code of the refusal. */
  readonly code: DispatchCode | null;
  /** Whom the task is for: where it names a kind of work, the first subagent that does it. */
  readonly subagent: string;
}

/** Who can carry tasks out, and what is known of them just now. */
export interface Dispatcher {
  readonly registry: AgentCatalog;
  readonly facts: AgentFacts;
}

/** A dispatcher that knows the configuration alone. */
export async function plainDispatcher(config: Config, find: FindProgram): Promise<Dispatcher> {
  const { registry } = await buildRegistry(config, find);
  return { registry, facts: { ...noFacts(0), allowed: config.policies.allowedAgents } };
}

/** The agents of one task: its own `run:`, else its subagent's agent and the task's fallbacks, where they can be used. */
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
  const given = { refusal: null, code: null, subagent: found.subagent };
  if (task.run !== null) {
    return { agents: [runAgent(task.run, subagent, config)], warnings: [], ...given };
  }
  const warnings = found.passedOver.map((why) => `${task.id}: ${why}`);
  const agents: LaunchSpec[] = [];
  for (const choice of found.choices) {
    const plan = await resolveLaunch(choice.agent, choice.subagent, config, find);
    const own = isInteractive(task, config) ? asInteractive(plan, config) : plan;
    if (own === null) {
      warnings.push(
        t(
          '{0}: {1} has no user interface of its own, so it works without a person.',
          task.id,
          choice.agent,
        ),
      );
    }
    agents.push(own ?? plan);
  }
  return { agents, warnings, ...given };
}

/** What the task says of itself goes before what holds for all. */
function isInteractive({ interactive }: Task, config: Config): boolean {
  return interactive ?? config.interactive === 'always';
}

function runAgent(line: string, subagent: string, config: Config): LaunchSpec {
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
