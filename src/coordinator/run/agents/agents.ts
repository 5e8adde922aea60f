import type { AgentId } from '../../../shared/ids.ts';
import type { RunSpec } from '../../schema/run-spec.ts';
import type { AgentState, ProviderWindow } from '../state/agent-state.ts';
import { createBreaker } from './breaker.ts';
import { openWindow, providerOf } from './windows.ts';

/** State of all agents that the plan's tasks name, and of their providers' windows. */
export function createAgents(plan: RunSpec): {
  readonly agents: Map<AgentId, AgentState>;
  readonly windows: Map<string, ProviderWindow>;
} {
  const open = new Map(plan.openBreakers.map(({ agent, until }) => [agent, until]));
  const most = leastOf(plan);
  const agents = new Map<AgentId, AgentState>();
  const windows = new Map<string, ProviderWindow>();
  for (const each of plan.tasks.flatMap((task) => task.agents)) {
    const { agent } = each;
    if (!agents.has(agent)) {
      const provider = providerOf(each);
      const window = windows.get(provider) ?? openWindow(provider, plan);
      windows.set(provider, window);
      const breaker = createBreaker(open.get(agent) ?? null);
      agents.set(agent, { agent, window, breaker, most: most.get(agent) ?? null, live: 0 });
    }
  }
  return { agents, windows };
}

/** If tasks give different limits for an agent, the lowest one applies. */
function leastOf({ tasks }: RunSpec): Map<AgentId, number> {
  const least = new Map<AgentId, number>();
  for (const { agent, maxConcurrent } of tasks.flatMap((task) => task.agents)) {
    if (maxConcurrent !== null) {
      least.set(agent, Math.min(maxConcurrent, least.get(agent) ?? Infinity));
    }
  }
  return least;
}
