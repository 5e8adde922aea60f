import type { AgentNews } from './notes.ts';
import type { RunEventBody } from '../events.ts';
import type { RunState } from '../run/state.ts';
import { agentOf } from '../run/transition.ts';

/** What an event of a run says of its agent's sign-in; `null`: nothing. The event is already part of the state. */
export function signInNews(
  event: RunEventBody,
  before: string | null,
  now: number,
): { readonly agent: string; readonly news: AgentNews } | null {
  if (event.type !== 'attempt.ended' || before === null) {
    return null;
  }
  const { failure } = event.outcome;
  if (failure === null || failure.reason === 'denied') {
    return { agent: before, news: { kind: 'signed_in' } };
  }
  return failure.reason === 'authentication'
    ? { agent: before, news: { kind: 'signed_out', at: now, message: failure.message } }
    : null;
}

/** How many attempts each agent has under way in these runs. */
export function runningByAgent(runs: readonly RunState[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const record of runs.filter(({ ended }) => ended === null).flatMap(({ order }) => order)) {
    const agent = record.state.kind === 'running' ? agentOf(record)?.agent : undefined;
    if (agent !== undefined) {
      counts.set(agent, (counts.get(agent) ?? 0) + 1);
    }
  }
  return counts;
}
