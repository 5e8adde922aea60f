import * as z from 'zod/mini';
import type { AgentFacts } from './agent-state.ts';

/**
 * What was learnt of agents and outlives a run: `agents.json` in the state directory. `launch` tells how the agent was
 * started then: once it is started otherwise, the note says nothing about it any more.
 */
export const agentHealthSchema = z.object({
  v: z.literal(1),
  /** Agents that a person took out. */
  unregistered: z.array(z.string()),
  /** Agents that were not signed in: when (ms), and what was said. */
  notSignedIn: z.record(
    z.string(),
    z.object({ at: z.number(), message: z.string(), launch: z.string() }),
  ),
  /** Agents that failed too often in a row: nothing is launched before `until` (ms), then one attempt tries. */
  breakers: z.record(z.string(), z.object({ until: z.number(), launch: z.string() })),
  /** The versions that were found. */
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

/** What an event says of an agent. */
export type AgentHealthUpdate =
  | { readonly kind: 'signed_out'; readonly at: number; readonly message: string }
  /** Its provider answered it, or a person wants it to be tried. */
  | { readonly kind: 'signed_in' }
  | { readonly kind: 'breaker'; readonly until: number | null }
  | { readonly kind: 'unregistered' | 'registered' };

/** The health once there is news of an agent; the same health where it is no news. */
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

/** What the health say of agents as they are started now. `launchOf`: how an agent is started. */
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
