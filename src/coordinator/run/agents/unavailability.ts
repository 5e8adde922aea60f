import type { AgentId } from '../../../shared/ids.ts';
import type { AgentState } from '../state/agent-state.ts';
import type { RunState } from '../state/state.ts';
import { isShut } from './breaker.ts';

/** Why an agent takes no more attempts just now. */
export type Unavailability =
  /** It failed too often. `until`: when it is tried again, ms; `null`: it is being tried out. */
  | { readonly kind: 'breaker'; readonly agent: AgentId; readonly until: number | null }
  /** Its provider told us to wait until then, ms. */
  | { readonly kind: 'throttled'; readonly provider: string; readonly until: number }
  /** Its provider was at its limit, and has earned no more than these attempts back. */
  | { readonly kind: 'window'; readonly provider: string; readonly limit: number }
  /** It may have no more attempts at the same time. */
  | { readonly kind: 'agent'; readonly agent: AgentId; readonly limit: number };

/** `null`: one more attempt may start, as far as the agent is concerned. Only looks. */
export function unavailabilityOf(run: RunState, agent: AgentId): Unavailability | null {
  const state = run.agents.get(agent);
  return state === undefined ? null : obstacleOfState(state, run.now);
}

function obstacleOfState(state: AgentState, now: number): Unavailability | null {
  const { agent, window, breaker, most, live } = state;
  const { provider, closedUntil, limit } = window;
  if (isShut(breaker, now)) {
    return { kind: 'breaker', agent, until: breaker.trial === null ? breaker.openUntil : null };
  }
  if (closedUntil > now) {
    return { kind: 'throttled', provider, until: closedUntil };
  }
  if (window.live >= limit) {
    return { kind: 'window', provider, limit };
  }
  return most !== null && live >= most ? { kind: 'agent', agent, limit: most } : null;
}

/**
 * When time alone lets an agent take attempts again, ms; `null`: it is not time that keeps it. While it is tried out,
 * the end of the trial decides.
 */
export function opensAt(run: RunState, agent: AgentId): number | null {
  const state = run.agents.get(agent);
  if (state?.breaker.trial !== null) {
    return null;
  }
  const at = Math.max(state.breaker.openUntil ?? 0, state.window.closedUntil);
  return at > run.now ? at : null;
}
