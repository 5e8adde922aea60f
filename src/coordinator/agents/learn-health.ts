import type { RunState, TaskRecord } from '../run/state/state.ts';
import { agentOf } from '../run/transition/transition.ts';
import type { RunEventBody } from '../schema/events.ts';
import type { AgentHealthUpdate } from './agent-health.ts';

type Ended = Extract<RunEventBody, { type: 'attempt.ended' }>;

/** Derives the agent's sign-in state from the end of an attempt; `null`: no evidence. `at`: ms. */
export function signInUpdate(
  { outcome: { failure } }: Ended,
  at: number,
): AgentHealthUpdate | null {
  // A denied tool call proves that the provider accepted the sign-in.
  if (failure === null || failure.reason === 'denied') {
    return { kind: 'signed_in' };
  }
  const { reason, message } = failure;
  return reason === 'authentication' ? { kind: 'signed_out', at, message } : null;
}

/** Number of running attempts by agent in these runs. */
export function runningByAgent(runs: readonly RunState[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const run of runs) {
    for (const record of run.ended === null && run.live > 0 ? run.order : []) {
      const agent = record.state.kind === 'running' ? agentOf(record)?.agent : undefined;
      if (agent !== undefined) {
        counts.set(agent, (counts.get(agent) ?? 0) + 1);
      }
    }
  }
  return counts;
}

/** Unfinished tasks of a run that the agent is working on, or that no other agent can do. */
export function heldBy(run: RunState, agent: string): TaskRecord[] {
  return run.order.filter((record) => {
    const { kind } = record.state;
    if (kind === 'running' || kind === 'verifying') {
      return agentOf(record)?.agent === agent;
    }
    const { agents } = record.planned;
    const isOpen = kind === 'waiting' || kind === 'ready' || kind === 'held';
    return isOpen && agents.length > 0 && agents.every((each) => each.agent === agent);
  });
}
