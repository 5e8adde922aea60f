import type { Failure, RejectedFailure } from '../../../shared/failure.ts';
import { t } from '../../../shared/messages.ts';
import { plural } from '../../../shared/words/durations.ts';
import type { RunEventBody } from '../../schema/events.ts';
import { type BreakerChange, closeBreaker, countFailure, openBreaker } from '../agents/breaker.ts';
import { isShutAt, switchTo } from '../agents/route.ts';
import { closeWindow, widen } from '../agents/windows.ts';
import type { AgentState } from '../state/agent-state.ts';
import type { RunState, TaskRecord } from '../state/state.ts';
import { agentOf, agentStateOf, enter, settleDependents } from './transition.ts';

/** An attempt succeeded: its agent works, and its provider has capacity. */
export function attemptSucceeded(run: RunState, record: TaskRecord): void {
  const state = agentStateOf(run, record);
  if (state !== undefined) {
    widen(state.window, run.plan.maxConcurrent);
    follow(run, state, closeBreaker(state.breaker));
  }
}

/** An attempt failed through its agent's fault. */
export function agentFailed(run: RunState, record: TaskRecord, failure: Failure): void {
  const state = agentStateOf(run, record);
  if (state !== undefined) {
    const change = countFailure(state.breaker, record.planned.key, failure.message, run);
    follow(run, state, change);
  }
}

/** An attempt was launched. If it is a trial, tasks with a fallback need not wait for its outcome. */
export function trialBegan(run: RunState, record: TaskRecord): void {
  if (agentStateOf(run, record)?.breaker.trial === record.planned.key) {
    rerouteReady(run);
  }
}

/** Applies health updates of other runs. */
export function applyExternal(
  run: RunState,
  event: Extract<RunEventBody, { type: 'provider.throttled_elsewhere' | 'breaker.synced' }>,
): void {
  if (event.type === 'provider.throttled_elsewhere') {
    const window = run.windows.get(event.provider);
    if (window !== undefined) {
      closeWindow(window, event.until);
    }
    return;
  }
  const state = run.agents.get(event.agent);
  if (state !== undefined) {
    const { breaker } = state;
    const { until } = event;
    follow(run, state, until === null ? closeBreaker(breaker) : openBreaker(breaker, until));
  }
}

/** Reroutes tasks that wait for an agent, or gives them up. */
function follow(run: RunState, state: AgentState, change: BreakerChange): void {
  if (change === 'trial_failed') {
    leave(run, state);
  }
  if (change !== null) {
    rerouteReady(run);
  }
}

/**
 * Moves ready tasks with an open breaker to a fallback that works. Visits all ready tasks, so call it only when a
 * breaker changes.
 */
function rerouteReady(run: RunState): void {
  for (const record of run.order) {
    if (record.state.kind === 'ready' && isShutAt(run, record, record.choice)) {
      enter(run, record, { kind: 'ready' });
    }
  }
}

/** The trial failed: waiting tasks move to the next agent of their list, or are given up. */
function leave(run: RunState, state: AgentState): void {
  for (const record of run.order) {
    if (record.state.kind !== 'ready' || agentOf(record)?.agent !== state.agent) {
      continue;
    }
    if (record.choice + 1 < record.planned.agents.length) {
      enter(run, record, { kind: 'ready' }, () => {
        switchTo(record, record.choice + 1);
      });
    } else {
      enter(run, record, { kind: 'failed', failure: nobodyLeft(state) });
      settleDependents(run, record);
    }
  }
}

function nobodyLeft({ agent, breaker: { failures, reason } }: AgentState): RejectedFailure {
  const last = reason === null ? '' : t(' The last time: {0}', reason);
  return {
    reason: 'rejected',
    code: 'NO_AVAILABLE_AGENT',
    message: `${agent} has failed ${plural(failures, 'time')} in a row, and the task has no other agent left.${last}`,
    remedy: t('Look at why {0} fails, or give the task another agent, then try it again.', agent),
  };
}
