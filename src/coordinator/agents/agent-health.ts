import * as z from 'zod/mini';
import type { AgentFacts } from './agent-state.ts';

/**
 * `agents.json` in the state directory: knowledge about agents that outlives a run. `launch` is a fingerprint of how
 * the agent was started; an entry counts only while the agent is started the same way.
 */
export const agentHealthSchema = z.object({
  v: z.literal(1),
  /** Agents that the user unregistered. */
  unregistered: z.array(z.string()),
  /** Agents that were not signed in: time (ms) and the agent's message. */
  notSignedIn: z.record(
    z.string(),
    z.object({ at: z.number(), message: z.string(), launch: z.string() }),
  ),
  /** Agents with an open breaker: nothing is launched before `until` (ms), then one attempt tries. */
  breakers: z.record(z.string(), z.object({ until: z.number(), launch: z.string() })),
  /** Versions found. */
  versions: z.record(z.string(), z.string()),
});
export type AgentHealth = z.infer<typeof agentHealthSchema>;

export const UNKNOWN_HEALTH: AgentHealth = {
  v: 1,
  unregistered: [],
  notSignedIn: {},
  breakers: {},
  versions: {},
};

/** An update of an agent's health. */
export type AgentHealthUpdate =
  | { readonly kind: 'signed_out'; readonly at: number; readonly message: string }
  /** Its provider answered it, or the user wants it tried again. */
  | { readonly kind: 'signed_in' }
  | { readonly kind: 'breaker'; readonly until: number | null }
  | { readonly kind: 'unregistered' | 'registered' };

/** The health with the update applied; the same object if nothing changed. */
export function withUpdate(
  health: AgentHealth,
  agent: string,
  news: AgentHealthUpdate,
  launch: string,
): AgentHealth {
  const { notSignedIn, breakers, unregistered } = health;
  switch (news.kind) {
    case 'signed_out': {
      const { at, message } = news;
      return { ...health, notSignedIn: { ...notSignedIn, [agent]: { at, message, launch } } };
    }
    case 'signed_in':
      return agent in notSignedIn
        ? { ...health, notSignedIn: without(notSignedIn, agent) }
        : health;
    case 'breaker': {
      const { until } = news;
      if (until !== null) {
        return { ...health, breakers: { ...breakers, [agent]: { until, launch } } };
      }
      return agent in breakers ? { ...health, breakers: without(breakers, agent) } : health;
    }
    case 'unregistered':
      return unregistered.includes(agent)
        ? health
        : { ...health, unregistered: [...unregistered, agent] };
    case 'registered':
      return unregistered.includes(agent)
        ? { ...health, unregistered: unregistered.filter((each) => each !== agent) }
        : health;
  }
}

/** The health of agents as they are configured now. `launchOf`: fingerprint of how an agent is started. */
export function factsOf(
  health: AgentHealth,
  launchOf: (agent: string) => string,
): Pick<AgentFacts, 'notSignedIn' | 'breakers'> {
  return {
    notSignedIn: stillTrue(health.notSignedIn, launchOf),
    breakers: stillTrue(health.breakers, launchOf),
  };
}

function stillTrue<Note extends { readonly launch: string }>(
  health: Readonly<Record<string, Note>>,
  launchOf: (agent: string) => string,
): Map<string, Note> {
  return new Map(
    Object.entries(health).filter(([agent, { launch }]) => launch === launchOf(agent)),
  );
}

function without<Note>(
  health: Readonly<Record<string, Note>>,
  agent: string,
): Record<string, Note> {
  return Object.fromEntries(Object.entries(health).filter(([each]) => each !== agent));
}
