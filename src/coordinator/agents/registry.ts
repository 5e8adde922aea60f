import type { RejectedFailure } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';
import type { SubagentType } from '../schema/config.ts';
import { type AgentFacts, type AgentState, isUsable, stateOf } from './agent-state.ts';
import type { AgentEntry, SubagentEntry } from './entries.ts';
import { Layered } from './layered.ts';

/** Who can carry tasks out: agents and the subagents that they play, each id once. */
export class AgentCatalog {
  readonly #agents = new Layered<AgentEntry>('agent');
  readonly #subagents = new Layered<SubagentEntry>('subagent');
  readonly #unregistered = new Set<string>();
  readonly #defaultAgent: string;

  /** `defaultAgent`: plays the subagents that name none. */
  constructor(defaultAgent: string) {
    this.#defaultAgent = defaultAgent;
  }

  /** Adds an agent. The value is a sentence where it overrides another layer's; a duplicate is refused. */
  register(agent: AgentEntry): Result<string | null, RejectedFailure> {
    return this.#agents.register(agent);
  }

  /** Adds a subagent, as `register` does an agent. */
  registerSubagent(subagent: SubagentEntry): Result<string | null, RejectedFailure> {
    return this.#subagents.register(subagent);
  }

  /** Takes an agent out: nothing is given to it any more. Whether it was there. */
  unregister(id: string): boolean {
    if (this.get(id) === undefined) {
      return false;
    }
    this.#unregistered.add(id);
    return true;
  }

  /** Puts an agent back that was taken out. Whether there is such a one. */
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

  /** The subagents that do this kind of work, in the order of their registration. */
  byType(type: SubagentType): SubagentEntry[] {
    return this.subagents().filter((each) => each.type === type);
  }

  /** The agents that can take a task just now; with a type, those that play a subagent of it. */
  available(facts: AgentFacts, type?: SubagentType): AgentEntry[] {
    const wanted =
      type === undefined ? null : new Set(this.byType(type).map((each) => this.agentOf(each)));
    return this.list().filter(
      (agent) =>
        (wanted === null || wanted.has(agent.id)) && isUsable(this.state(agent, facts).kind),
    );
  }

  /** The registered agents, in the order of their registration. */
  list(): AgentEntry[] {
    return this.known().filter(({ id }) => !this.#unregistered.has(id));
  }

  /** Also those that were taken out. */
  known(): AgentEntry[] {
    return this.#agents.all();
  }

  subagents(): SubagentEntry[] {
    return this.#subagents.all();
  }

  /** How many agents are registered. */
  get count(): number {
    return this.list().length;
  }

  /** The agent that plays a subagent; one that nobody defined is played by the default agent. */
  agentOf(subagent: Pick<SubagentEntry, 'agent'> | undefined): string {
    return subagent?.agent ?? this.#defaultAgent;
  }

  /** Whether an agent can take a task, and if not, why. */
  state(agent: AgentEntry, facts: AgentFacts): AgentState {
    return this.#unregistered.has(agent.id) ? { kind: 'unregistered' } : stateOf(agent, facts);
  }
}
