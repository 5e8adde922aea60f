import type { AgentId, TaskKey } from '../../../shared/ids.ts';
import type { RunSpec } from '../../schema/run-spec.ts';
import type { Breaker } from '../state/agent-state.ts';
import type { RunState } from '../state/state.ts';

/** Change of a breaker that tasks may be waiting for. */
export type BreakerChange = 'opened' | 'closed' | 'trial_failed' | null;

/** `openUntil` null: closed. */
export function createBreaker(openUntil: number | null): Breaker {
  return { failures: 0, firstTask: null, several: false, reason: null, openUntil, trial: null };
}

/** An attempt succeeded, or another run reported that the agent works. */
export function closeBreaker(breaker: Breaker): BreakerChange {
  const change = breaker.openUntil === null ? null : 'closed';
  breaker.failures = 0;
  breaker.firstTask = null;
  breaker.several = false;
  breaker.openUntil = null;
  breaker.trial = null;
  return change;
}

/** Another run reported that the agent does not work; nothing is launched before `until`, ms. */
export function openBreaker(breaker: Breaker, until: number): BreakerChange {
  breaker.openUntil = Math.max(breaker.openUntil ?? 0, until);
  return 'opened';
}

/** An attempt of this task failed through the agent's fault. */
export function countFailure(
  breaker: Breaker,
  task: TaskKey,
  reason: string,
  { plan, now }: RunState,
): BreakerChange {
  breaker.failures += 1;
  breaker.several ||= breaker.firstTask !== null && breaker.firstTask !== task;
  breaker.firstTask ??= task;
  breaker.reason = reason;
  if (breaker.openUntil !== null) {
    if (breaker.trial !== task) {
      // It was launched before the breaker opened.
      return null;
    }
    breaker.trial = null;
    breaker.openUntil = now + plan.breaker.cooldownMs;
    return 'trial_failed';
  }
  if (!opens(breaker, plan)) {
    return null;
  }
  breaker.openUntil = now + plan.breaker.cooldownMs;
  return 'opened';
}

function opens({ failures, several }: Breaker, { breaker }: RunSpec): boolean {
  return failures >= breaker.failures && several;
}

/** An attempt starts: the first one after the cooldown is the trial. */
export function beginTrial(breaker: Breaker, task: TaskKey): void {
  if (breaker.openUntil !== null) {
    breaker.trial = task;
  }
}

/** An attempt ended. If it was the trial and said nothing about the agent, another attempt becomes the trial. */
export function endTrial(breaker: Breaker, task: TaskKey): void {
  if (breaker.trial === task) {
    breaker.trial = null;
  }
}

/** Whether the breaker prevents launches for the agent now. */
export function isShut({ openUntil, trial }: Breaker, now: number): boolean {
  return openUntil !== null && (now < openUntil || trial !== null);
}

/** A snapshot of a breaker, unaffected by later events. */
export interface BreakerView {
  readonly agent: AgentId;
  readonly state: 'closed' | 'open' | 'half_open';
  /** When it may be tried again, ms; `null`: closed. */
  readonly until: number | null;
  /** Consecutive failures through the agent's fault. */
  readonly failures: number;
  /** Message of the last failure in this run; `null`: none. */
  readonly reason: string | null;
  /** The trial's task; `null`: none. */
  readonly trial: TaskKey | null;
}

/** State of an agent's breaker; closed for an agent that the run does not use. `now`: ms. */
export function breakerOf(run: RunState, agent: AgentId, now: number = run.now): BreakerView {
  const breaker = run.agents.get(agent)?.breaker ?? createBreaker(null);
  const { openUntil: until, failures, reason, trial } = breaker;
  const open = until !== null && now < until && trial === null;
  const state = until === null ? 'closed' : open ? 'open' : 'half_open';
  return { agent, state, until, failures, reason, trial };
}

/** The breakers of all agents of a run. */
export function breakersOf(run: RunState, now: number = run.now): BreakerView[] {
  return Array.from(run.agents.keys(), (agent) => breakerOf(run, agent, now));
}

/** Breakers of `after` that differ from `before` and have to be reported and stored. */
export function breakerChanges(
  before: readonly BreakerView[],
  after: readonly BreakerView[],
): BreakerView[] {
  const known = new Map(before.map((view) => [view.agent, view]));
  return after.filter(({ agent, state, until }) => {
    const was = known.get(agent);
    return was === undefined ? state !== 'closed' : was.state !== state || was.until !== until;
  });
}
