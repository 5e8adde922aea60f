import type { AgentState } from '../../shared/view-models/agent-views.ts';
import type { AgentEntry } from './entries.ts';

export type { AgentState } from '../../shared/view-models/agent-views.ts';

/** Runtime facts about agents, beside their definitions. */
export interface AgentFacts {
  /** ms since the epoch. */
  readonly now: number;
  /** Running attempts by agent. */
  readonly running: ReadonlyMap<string, number>;
  /** Agents that rejected their key or asked to sign in: time (ms) and message. */
  readonly notSignedIn: ReadonlyMap<string, { readonly at: number; readonly message: string }>;
  /** Agents with an open breaker, and when each is tried again, ms. */
  readonly breakers: ReadonlyMap<string, { readonly until: number }>;
  /** Agents that the policy allows; `null`: every agent. */
  readonly allowed: readonly string[] | null;
}

/** No facts except the time. */
export function noFacts(now: number): AgentFacts {
  return {
    now,
    running: new Map(),
    notSignedIn: new Map(),
    breakers: new Map(),
    allowed: null,
  };
}

/** Whether a registered agent accepts tasks. If several reasons prevent it, the longest-lasting one is returned. */
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

/** Whether an agent in this state accepts a task now, or would if it were not busy. */
export function isUsable(kind: AgentState['kind']): boolean {
  return kind === 'available' || kind === 'half_open';
}
