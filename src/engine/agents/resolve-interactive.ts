import { AGENTS } from '../../agents/registry.ts';
import type { Command } from '../../coordinator/schema/attempt.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';
import { isBuiltInAgent } from '../../shared/agent-ids.ts';

/** A person may sit at it as long as they like: the longest that a timer can wait, ms (24 days). */
const ANY_TIME_MS = 2 ** 31 - 1;
/** Filled in when an attempt is launched. */
const SESSION = '{session}';
const PROMPT_FILE = '{promptFile}';

/**
 * The same agent in its own user interface, for a person to work with in a terminal; `null`: it has none. It is neither
 * tried again nor repaired: that is for the person there to see to.
 */
export function asInteractive(plan: LaunchSpec, config: Config): LaunchSpec | null {
  const command = interactiveCommand(plan, config);
  return command === null
    ? null
    : {
        ...plan,
        command,
        adapter: 'none',
        stdin: 'terminal',
        resume: null,
        maxRetries: 0,
        timeoutMs: ANY_TIME_MS,
      };
}

function interactiveCommand(plan: LaunchSpec, config: Config): Command | null {
  const { command, model, tools } = plan;
  const agent: string = plan.agent;
  const custom = Object.hasOwn(config.agents, agent) ? config.agents[agent] : undefined;
  if (custom !== undefined) {
    return custom.interactive === undefined
      ? null
      : { kind: 'argv', argv: [...custom.interactive] };
  }
  if (!isBuiltInAgent(agent) || command.kind !== 'argv') {
    return null;
  }
  const argv = AGENTS[agent].interactive({
    path: command.argv[0] ?? agent,
    model: model ?? undefined,
    tools: tools?.enforced === true ? tools.names : undefined,
    sessionId: SESSION,
    promptFile: PROMPT_FILE,
  });
  return argv === null ? null : { kind: 'argv', argv };
}
