import type { RejectedFailure } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';
import type { SubagentType } from '../schema/config.ts';
import { type AgentFacts, type AgentState, isUsable, stateOf } from './agent-state.ts';
import type { AgentEntry, SubagentEntry } from './entries.ts';
import { Layered } from './layered.ts';

/** Agents and the subagents that they play, each id once. */
export class AgentCatalog {
  readonly #agents = new Layered<AgentEntry>('agent');
  readonly #subagents = new Layered<SubagentEntry>('subagent');
  readonly #unregistered = new Set<string>();
  readonly #defaultAgent: string;

  /** `defaultAgent`: plays subagents that name no agent. */
  constructor(defaultAgent: string) {
    this.#defaultAgent = defaultAgent;
  }

  /** Adds an agent. The value is a sentence if it overrides another layer; a duplicate is refused. */
  register(agent: AgentEntry): Result<string | null, RejectedFailure> {
    return this.#agents.register(agent);
  }

  /** Adds a subagent; same result as `register`. */
  registerSubagent(subagent: SubagentEntry): Result<string | null, RejectedFailure> {
    return this.#subagents.register(subagent);
  }

  /** Unregisters an agent: it gets no further tasks. Returns whether it was registered. */
  unregister(id: string): boolean {
    if (this.get(id) === undefined) {
      return false;
    }
    this.#unregistered.add(id);
    return true;
  }

  /** Registers an unregistered agent again. Returns whether there was one. */
  registerAgain(id: string): boolean {
    return this.#unregistered.delete(id);
  }

  /** A registered agent. */
  get(id: string): AgentEntry | undefined {
    return this.#unregistered.has(id) ? undefined : this.#agents.get(id);
  }

  subagent(name: string): SubagentEntry | undefined {
    return this.#subagents.get(name);
  }

  /** Subagents that do this kind of work, in registration order. */
  byType(type: SubagentType): SubagentEntry[] {
    return this.subagents().filter((each) => each.type === type);
  }

  /** Agents that can accept a task now; with a type, only those that play a subagent of it. */
  available(facts: AgentFacts, type?: SubagentType): AgentEntry[] {
    const wanted =
      type === undefined ? null : new Set(this.byType(type).map((each) => this.agentOf(each)));
    return this.list().filter(
      (agent) =>
        (wanted === null || wanted.has(agent.id)) && isUsable(this.state(agent, facts).kind),
    );
  }

  /** Registered agents, in registration order. */
  list(): AgentEntry[] {
    return this.known().filter(({ id }) => !this.#unregistered.has(id));
  }

  /** Includes unregistered agents. */
  known(): AgentEntry[] {
    return this.#agents.all();
  }

  subagents(): SubagentEntry[] {
    return this.#subagents.all();
  }

  /** Number of registered agents. */
  get count(): number {
    return this.list().length;
  }

  /** The agent that plays a subagent. The default agent plays undefined subagents. */
  agentOf(subagent: Pick<SubagentEntry, 'agent'> | undefined): string {
    return subagent?.agent ?? this.#defaultAgent;
  }

  /** Whether an agent can accept a task, and if not, why. */
  state(agent: AgentEntry, facts: AgentFacts): AgentState {
    return this.#unregistered.has(agent.id) ? { kind: 'unregistered' } : stateOf(agent, facts);
  }
}
