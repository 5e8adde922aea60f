import type { AgentId } from '../../../shared/ids.ts';
import type { RunSpec } from '../../schema/run-spec.ts';
import type { AgentState, ProviderWindow } from '../state/agent-state.ts';
import { createBreaker } from './breaker.ts';
import { openWindow, providerOf } from './windows.ts';

/** All agents that tasks of the plan name, and the windows of their providers. */
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

/** Where tasks disagree on how much an agent bears, the most careful of them is right. */
function leastOf({ tasks }: RunSpec): Map<AgentId, number> {
  const least = new Map<AgentId, number>();
  for (const { agent, maxConcurrent } of tasks.flatMap((task) => task.agents)) {
    if (maxConcurrent !== null) {
      least.set(agent, Math.min(maxConcurrent, least.get(agent) ?? Infinity));
    }
  }
  return least;
}
