import { AGENTS } from '../../agents/registry.ts';
import type { Command } from '../../coordinator/schema/attempt.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';
import { isBuiltInAgent } from '../../shared/agent-ids.ts';

/** Time limit of an interactive attempt, ms: the maximum of a timer (24 days), because the user decides its end. */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** Placeholders, replaced at the launch of an attempt. */
const SESSION = '{session}';
const PROMPT_FILE = '{promptFile}';

/**
 * Returns the launch of the same agent in its own user interface, for the user to work with in a terminal; `null` if
 * the agent has none. Such an attempt is neither retried nor repaired: both are up to the user at the terminal.
 */
export function asInteractive(spec: LaunchSpec, config: Config): LaunchSpec | null {
  const command = interactiveCommand(spec, config);
  return command === null
    ? null
    : {
        ...spec,
        command,
        adapter: 'none',
        stdin: 'terminal',
        resume: null,
        maxRetries: 0,
        timeoutMs: MAX_TIMER_MS,
      };
}

function interactiveCommand(spec: LaunchSpec, config: Config): Command | null {
  const { command, model, tools } = spec;
  const agent: string = spec.agent;
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
