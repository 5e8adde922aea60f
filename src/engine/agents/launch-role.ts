import { isModelName } from '../../agents/definitions/definition.ts';
import { isToolName } from '../../agents/definitions/tool-lists.ts';
import { knowsModel } from '../../agents/registry.ts';
import type { SubagentConfig } from '../../coordinator/schema/config.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';
import { isBuiltInAgent } from '../../shared/agent-ids.ts';

/** What a role has a program launched with beside its prompt. */
export interface LaunchRole {
  /** `null`: the program's own default. */
  readonly model: string | null;
  /** Tools that the role is restricted to, by the program's own names; `null`: nothing to hand over. */
  readonly tools: readonly string[] | null;
  /** What the role says of its tools, whoever can hold it to that. */
  readonly wanted: { readonly names: readonly string[]; readonly of: string } | null;
}

/**
 * What a role is launched with by a program. `agent`: who plays it; `own`: the agent that the role is meant for, whose
 * words for models and tools `parallel-groups.json` uses. Words of another program are not handed over.
 */
export function launchRole(
  role: SubagentConfig | undefined,
  agent: string,
  own: string,
): LaunchRole {
  const wanted = wantedTools(role, own);
  return {
    model: [role?.model, writtenFor(role, agent)?.model].find(isKnownTo(agent)) ?? null,
    tools: wanted?.of === agent ? wanted.names : null,
    wanted,
  };
}

function wantedTools(role: SubagentConfig | undefined, own: string): LaunchRole['wanted'] {
  if (role?.tools !== undefined) {
    // A name that could be read as an option reaches no command line; a restriction only becomes narrower by that.
    return { names: role.tools.filter(isToolName), of: own };
  }
  const written = role?.written;
  return written?.tools === undefined ? null : { names: written.tools, of: written.of };
}

function writtenFor(role: SubagentConfig | undefined, agent: string): SubagentConfig['written'] {
  return role?.written?.of === agent ? role.written : undefined;
}

/** A custom agent's command is fixed: it takes no model. */
function isKnownTo(agent: string): (model: string | undefined) => model is string {
  return (model): model is string =>
    model !== undefined && isModelName(model) && isBuiltInAgent(agent) && knowsModel(agent, model);
}

/**
 * The tools of a role as a plan keeps them. `enforced`: whether the command line holds the program to them; where it cannot,
 * the prompt asks for it.
 */
export function plannedTools({ wanted }: LaunchRole, enforced: boolean): LaunchSpec['tools'] {
  return wanted === null ? null : { names: [...wanted.names], of: wanted.of, enforced };
}
