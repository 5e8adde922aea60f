import { AGENTS } from '../../agents/registry.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { BuiltInAgent } from '../../shared/agent-ids.ts';

/** Returns the executable of a built-in agent: a name to look up in the `PATH`, or an absolute path. */
export function programOf(
  config: Pick<Config, 'agentPaths' | 'claudePath'>,
  agent: BuiltInAgent,
): string {
  const { agentPaths, claudePath } = config;
  const set = Object.hasOwn(agentPaths, agent) ? agentPaths[agent] : undefined;
  return set ?? (agent === 'claude' ? claudePath : AGENTS[agent].program);
}
