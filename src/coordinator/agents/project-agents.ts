import { CONFIG_FILE } from '../../shared/manifest.ts';
import type { AgentsView, AgentView, SubagentView } from '../../shared/view-models/agent-views.ts';
import type { Place } from '../../shared/view-models/group-views.ts';
import type { AgentFacts } from './agent-state.ts';
import { closedWords } from './dispatch.ts';
import type { AgentEntry, SubagentEntry } from './entries.ts';
import type { AgentCatalog } from './registry.ts';

/** Inputs of the agents view. */
export interface AgentsContext {
  readonly registry: AgentCatalog;
  readonly facts: AgentFacts;
  readonly problems: readonly string[];
  readonly notices: readonly string[];
  /** Line of the definition in `parallel-groups.json`, 1-based; 1 if unknown. */
  readonly lineOf: (section: 'agents' | 'subagents', name: string) => number;
}

/** All agents as views show them, followed by the subagents they play. */
export function projectAgents(context: AgentsContext): AgentsView {
  const { registry, problems, notices } = context;
  return {
    agents: registry.known().map((agent) => agentView(agent, context)),
    subagents: registry.subagents().map((subagent) => subagentView(subagent, context)),
    problems,
    notices,
  };
}

function agentView(agent: AgentEntry, context: AgentsContext): AgentView {
  const { registry, facts } = context;
  const { id, title, kind, version, builtIn, layer, program } = agent;
  const state = registry.state(agent, facts);
  return {
    id,
    title,
    kind,
    version,
    tested: builtIn?.tested ?? null,
    untested: builtIn?.untested ?? null,
    signIn: builtIn?.signIn ?? null,
    state,
    why: closedWords(state, agent, facts.now),
    running: facts.running.get(id) ?? 0,
    from: layer,
    program,
    place: layer === CONFIG_FILE ? inConfig(context.lineOf('agents', id)) : null,
  };
}

function subagentView(subagent: SubagentEntry, context: AgentsContext): SubagentView {
  const { id, type, role, layer, place } = subagent;
  return {
    name: id,
    type,
    role,
    agent: context.registry.agentOf(subagent),
    from: layer,
    place: layer === CONFIG_FILE ? inConfig(context.lineOf('subagents', id)) : place,
  };
}

function inConfig(line: number): Place {
  return { file: CONFIG_FILE, line };
}
