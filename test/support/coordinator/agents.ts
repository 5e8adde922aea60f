import type { AgentEntry, SubagentEntry } from '../../../src/coordinator/agents/entries.ts';
import { AgentCatalog } from '../../../src/coordinator/agents/registry.ts';

/** Makes an installed agent of this machine, with the changes of a test. */
export function agentEntry(id: string, changes: Partial<AgentEntry> = {}): AgentEntry {
  return {
    id,
    title: id,
    kind: 'custom',
    layer: 'parallel-groups.json',
    program: id,
    installed: true,
    version: null,
    builtIn: null,
    maxConcurrent: null,
    ...changes,
  };
}

/** Makes a subagent for coding that the default agent runs, with the changes of a test. */
export function subagentEntry(id: string, changes: Partial<SubagentEntry> = {}): SubagentEntry {
  return {
    id,
    layer: 'parallel-groups.json',
    type: 'coding',
    role: 'drafter',
    agent: null,
    place: null,
    ...changes,
  };
}

/** Makes a registry of these; the first agent is the default one. */
export function registryOf(
  agents: readonly AgentEntry[],
  subagents: readonly SubagentEntry[] = [],
): AgentCatalog {
  const registry = new AgentCatalog(agents[0]?.id ?? 'claude');
  for (const agent of agents) {
    registry.register(agent);
  }
  for (const subagent of subagents) {
    registry.registerSubagent(subagent);
  }
  return registry;
}
