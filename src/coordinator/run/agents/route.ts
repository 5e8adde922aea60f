import type { RunState, TaskRecord } from '../state/state.ts';
import { isShut } from './breaker.ts';

/** Moves a task to another agent of its list, with its own retries, session and refusal count. */
export function switchTo(record: TaskRecord, choice: number): void {
  record.choice = choice;
  record.retries = 0;
  record.refusals = 0;
  record.session = null;
  record.resume = null;
}

/**
 * Moves a ready task with an open breaker to its next fallback that works; without one it waits. Call it while the task
 * is in no index.
 */
export function skipUnavailableAgents(run: RunState, record: TaskRecord): void {
  if (!isShutAt(run, record, record.choice)) {
    return;
  }
  const { agents } = record.planned;
  for (let choice = record.choice + 1; choice < agents.length; choice += 1) {
    const agent = agents[choice]?.agent;
    if (agent !== undefined && run.agents.get(agent)?.breaker.openUntil === null) {
      switchTo(record, choice);
      return;
    }
  }
}

/** Whether the breaker of this choice's agent is open. */
export function isShutAt(run: RunState, { planned }: TaskRecord, choice: number): boolean {
  const agent = planned.agents[choice]?.agent;
  const state = agent === undefined ? undefined : run.agents.get(agent);
  return state !== undefined && isShut(state.breaker, run.now);
}
