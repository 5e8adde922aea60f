import type { Failure } from '../../shared/failure.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { Usage } from '../../shared/view-models/group-views.ts';
import { priced } from '../metrics/cost.ts';
import type { RunEventBody } from '../schema/events.ts';
import { switchTo } from './agents/route.ts';
import { narrow, refusalsInARow, refused } from './agents/windows.ts';
import { stoppedForBudget, usageReported } from './budget.ts';
import { afterFailure, type FailureHistory } from './failure/after-failure.ts';
import type { RunState, TaskRecord } from './state/state.ts';
import { agentFailed, attemptSucceeded } from './transition/agent-health.ts';
import { tookTooLong } from './transition/limits.ts';
import {
  agentOf,
  agentStateOf,
  enter,
  requeue,
  settleDependents,
} from './transition/transition.ts';

type Ended = Extract<RunEventBody, { type: 'attempt.ended' }>;

/** An attempt ended: verify it, retry, wait, or give up. */
export function runnerEnded(run: RunState, record: TaskRecord, event: Ended): void {
  if (record.state.kind !== 'running' || record.attempt !== event.attempt) {
    return;
  }
  record.offset = event.offset;
  record.outcome = event.outcome;
  record.endedAt = run.now;
  const used = pricedUsage(record, event.outcome.usage ?? record.liveUsage);
  usageReported(run, record, used, true);
  record.usage = addUsage(record.usage, used);
  record.sessionUsage = addUsage(record.sessionUsage, used);
  record.session = event.outcome.sessionId ?? record.session;
  record.liveUsage = null;
  const { failure } = event.outcome;
  if (failure === null) {
    attemptSucceeded(run, record);
    enter(run, record, { kind: 'verifying', stage: 'wanted' });
    return;
  }
  if (failure.reason === 'interrupted') {
    record.interrupted += 1;
  }
  if (record.stopWhy === 'budget') {
    enter(run, record, { kind: 'failed', failure: stoppedForBudget(run) });
    settleDependents(run, record);
    return;
  }
  if (record.stopWhy === 'limit') {
    enter(run, record, { kind: 'failed', failure: tookTooLong(run) });
    settleDependents(run, record);
    return;
  }
  if (record.cancelRequested) {
    enter(run, record, { kind: 'cancelled' });
    settleDependents(run, record);
    return;
  }
  follow(run, record, failure, event.jitter);
}

function follow(run: RunState, record: TaskRecord, failure: Failure, jitter: number): void {
  const consequence = afterFailure(failure, historyOf(run, record, jitter));
  if (consequence.blames === 'agent') {
    agentFailed(run, record, failure);
  }
  switch (consequence.kind) {
    case 'retry':
      hold(run, record, 'backoff', consequence.delayMs, () => {
        record.retries += 1;
        record.resume = null;
      });
      return;
    case 'wait':
      throttle(run, record, consequence.delayMs);
      return;
    case 'fallback':
      requeue(run, record, { kind: 'ready' }, () => {
        switchTo(record, record.choice + 1);
      });
      return;
    case 'cancel':
      enter(run, record, { kind: 'cancelled' });
      settleDependents(run, record);
      return;
    case 'give_up':
      enter(run, record, { kind: 'failed', failure });
      settleDependents(run, record);
      return;
    default:
      unreachable(consequence);
  }
}

function historyOf(run: RunState, record: TaskRecord, jitter: number): FailureHistory {
  const agent = agentOf(record);
  const window = agentStateOf(run, record)?.window;
  return {
    retries: record.retries,
    maxRetries: agent?.maxRetries ?? 0,
    throttles: window === undefined ? 0 : refusalsInARow(record, window),
    fallbacks: record.planned.agents.length - 1 - record.choice,
    retryDelayMs: run.plan.retryDelayMs,
    jitter,
    // For a plain command of a map, the exit code is its finding about the unit.
    ownCommand: agent?.agent === 'run' || (run.plan.kind === 'map' && agent?.adapter === 'none'),
  };
}

function hold(
  run: RunState,
  record: TaskRecord,
  why: 'backoff' | 'throttled',
  delayMs: number,
  amend: () => void,
): void {
  requeue(run, record, { kind: 'held', until: run.now + delayMs, why }, amend);
}

function throttle(run: RunState, record: TaskRecord, delayMs: number): void {
  const window = agentStateOf(run, record)?.window;
  if (window === undefined) {
    return;
  }
  narrow(window, run.now + delayMs);
  hold(run, record, 'throttled', delayMs, () => {
    refused(record, window);
    record.resume = null;
  });
}

/** Usage of a task's attempt, with its cost if a price is known. */
export function pricedUsage(record: TaskRecord, usage: Usage | null): Usage | null {
  return usage === null ? null : priced(usage, agentOf(record)?.price ?? null);
}

/** Sums usage; unknown costs are left out of the sum. */
export function addUsage(a: Usage | null, b: Usage | null): Usage | null {
  if (a === null || b === null) {
    return a ?? b;
  }
  const costUsd =
    a.costUsd === null && b.costUsd === null ? null : (a.costUsd ?? 0) + (b.costUsd ?? 0);
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    costUsd,
    ...(a.costEstimated === true || b.costEstimated === true ? { costEstimated: true } : {}),
  };
}
