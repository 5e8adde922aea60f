import type { AgentState } from '../../shared/view-models/agent-views.ts';
import type { AgentEntry } from './entries.ts';

export type { AgentState } from '../../shared/view-models/agent-views.ts';

/** What is known of agents beside their definitions. */
export interface AgentFacts {
  /** ms since the epoch. */
  readonly now: number;
  /** Attempts that run just now, by agent. */
  readonly running: ReadonlyMap<string, number>;
  /** Who refused its key or asked to sign in, when (ms), and what it said. */
  readonly notSignedIn: ReadonlyMap<string, { readonly at: number; readonly message: string }>;
  /** Agents that failed too often in a row, and when they may be tried again, ms. */
  readonly breakers: ReadonlyMap<string, { readonly until: number }>;
  /** The policy's list; `null`: every agent. */
  readonly allowed: readonly string[] | null;
}

/** Nothing is known but the time. */
export function noFacts(now: number): AgentFacts {
  return {
    now,
    running: new Map(),
    notSignedIn: new Map(),
    breakers: new Map(),
    allowed: null,
  };
}

/** Whether a registered agent can take a task; of several reasons against it, the one that lasts longest. */
export function stateOf(agent: AgentEntry, facts: AgentFacts): AgentState {
  const { id, maxConcurrent: limit } = agent;
  if (!agent.installed) {
    return { kind: 'not_installed' };
  }
  if (facts.allowed !== null && !facts.allowed.includes(id)) {
    return { kind: 'not_allowed' };
  }
  const refused = facts.notSignedIn.get(id);
  if (refused !== undefined) {
    const { at, message } = refused;
    return { kind: 'not_signed_in', at, message };
  }
  const breaker = facts.breakers.get(id);
  if (breaker !== undefined) {
    return facts.now < breaker.until
      ? { kind: 'breaker_open', until: breaker.until }
      : { kind: 'half_open' };
  }
  const running = facts.running.get(id) ?? 0;
  return limit !== null && running >= limit
    ? { kind: 'busy', running, limit }
    : { kind: 'available', running, limit };
}

/** Whether an agent in this state takes a task at once, or would but for the others that it has. */
export function isUsable(kind: AgentState['kind']): boolean {
  return kind === 'available' || kind === 'half_open';
}
