import type { AgentId } from '../../../shared/ids.ts';
import type { AgentState } from '../state/agent-state.ts';
import type { RunState } from '../state/state.ts';
import { isShut } from './breaker.ts';

/** Why an agent accepts no further attempts now. */
export type Unavailability =
  /** Open breaker. `until`: time of the trial, ms; `null`: the trial is running. */
  | { readonly kind: 'breaker'; readonly agent: AgentId; readonly until: number | null }
  /** Its provider throttled it until then, ms. */
  | { readonly kind: 'throttled'; readonly provider: string; readonly until: number }
  /** Its provider's window, reduced after throttling, allows no more than this. */
  | { readonly kind: 'window'; readonly provider: string; readonly limit: number }
  /** It has reached its maximum number of parallel attempts. */
  | { readonly kind: 'agent'; readonly agent: AgentId; readonly limit: number };

/** `null`: the agent accepts one more attempt. Has no side effects. */
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
 * When the agent accepts attempts again by passage of time, ms; `null`: time is not the reason. During a trial its end
 * decides.
 */
export function opensAt(run: RunState, agent: AgentId): number | null {
  const state = run.agents.get(agent);
  if (state?.breaker.trial !== null) {
    return null;
  }
  const at = Math.max(state.breaker.openUntil ?? 0, state.window.closedUntil);
  return at > run.now ? at : null;
}
