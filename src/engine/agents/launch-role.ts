import { isModelName } from '../../agents/definitions/definition.ts';
import { isToolName } from '../../agents/definitions/tool-lists.ts';
import { knowsModel } from '../../agents/registry.ts';
import type { SubagentConfig } from '../../coordinator/schema/config.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';
import { isBuiltInAgent } from '../../shared/agent-ids.ts';

/** The launch options that a role sets besides the prompt. */
export interface LaunchRole {
  /** `null`: the default of the program. */
  readonly model: string | null;
  /** The tools that the role is restricted to, by the program's own names; `null` if there are none to pass. */
  readonly tools: readonly string[] | null;
  /** The tools that the role asks for, whether or not the agent can enforce them. */
  readonly wanted: { readonly names: readonly string[]; readonly of: string } | null;
}

/**
 * Returns the options for launching a role. `agent` plays the role. `own` is the agent that the role is intended for;
 * `parallel-groups.json` uses its names for models and tools. Names of another program are not passed.
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
    // Names that a program could read as options are removed. This only makes the restriction narrower.
    return { names: role.tools.filter(isToolName), of: own };
  }
  const written = role?.written;
  return written?.tools === undefined ? null : { names: written.tools, of: written.of };
}

function writtenFor(role: SubagentConfig | undefined, agent: string): SubagentConfig['written'] {
  return role?.written?.of === agent ? role.written : undefined;
}

/** Custom agents accept no model, because their command is fixed. */
function isKnownTo(agent: string): (model: string | undefined) => model is string {
  return (model): model is string =>
    model !== undefined && isModelName(model) && isBuiltInAgent(agent) && knowsModel(agent, model);
}

/**
 * Returns the tools of a role for a launch spec. `enforced`: whether the command line restricts the program to them. If
 * it cannot, the prompt asks for the restriction.
 */
export function plannedTools({ wanted }: LaunchRole, enforced: boolean): LaunchSpec['tools'] {
  return wanted === null ? null : { names: [...wanted.names], of: wanted.of, enforced };
}
