import type { RunEventBody } from '../events.ts';
import { afterFailure } from './after-failure.ts';
import type { RunState, TaskRecord } from './state.ts';
import { agentOf, enter, requeue, settleDependents, windowOf } from './transition.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Usage } from '../../shared/views.ts';
import { unreachable } from '../../shared/unreachable.ts';

type Ended = Extract<RunEventBody, { type: 'attempt.ended' }>;

/** An attempt is over: prove it, try again, wait, or give up. */
export function runnerEnded(run: RunState, record: TaskRecord, event: Ended): void {
  if (record.state.kind !== 'running' || record.attempt !== event.attempt) {
    return;
  }
  record.offset = event.offset;
  record.outcome = event.outcome;
  record.endedAt = run.now;
  record.usage = addUsage(record.usage, event.outcome.usage ?? record.liveUsage);
  record.liveUsage = null;
  const { failure } = event.outcome;
  if (failure === null) {
    widen(run, record);
    enter(run, record, { kind: 'checking', stage: 'wanted' });
    return;
  }
  if (failure.reason === 'interrupted') {
    record.interrupted += 1;
  }
  if (record.cancelRequested) {
    enter(run, record, { kind: 'cancelled' });
    settleDependents(run, record);
    return;
  }
  follow(run, record, failure, event.jitter);
}

function follow(run: RunState, record: TaskRecord, failure: Failure, jitter: number): void {
  const consequence = afterFailure(failure, {
    retries: record.retries,
    maxRetries: agentOf(record)?.maxRetries ?? 0,
    throttles: record.throttles,
    fallbacks: record.planned.agents.length - 1 - record.choice,
    retryDelayMs: run.plan.retryDelayMs,
    jitter,
  });
  switch (consequence.kind) {
    case 'retry':
      hold(run, record, 'backoff', consequence.delayMs, () => (record.retries += 1));
      return;
    case 'wait':
      narrow(run, record, run.now + consequence.delayMs);
      hold(run, record, 'throttled', consequence.delayMs, () => (record.throttles += 1));
      return;
    case 'fallback':
      requeue(run, record, { kind: 'ready' }, () => (record.choice += 1));
      return;
    case 'cancel':
      enter(run, record, { kind: 'cancelled' });
      settleDependents(run, record);
      return;
    case 'fail':
      enter(run, record, { kind: 'failed', failure });
      settleDependents(run, record);
      return;
    default:
      unreachable(consequence);
  }
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

/** The provider is at its limit: half of what was live, at least one, and nothing new before `until` (ms). */
function narrow(run: RunState, record: TaskRecord, until: number): void {
  const agent = agentOf(record)?.agent;
  if (agent !== undefined) {
    const window = windowOf(run, agent);
    window.limit = Math.max(1, Math.floor(window.live / 2));
    window.closedUntil = Math.max(window.closedUntil, until);
  }
}

/** A success earns one more place back, up to the run's own limit. */
function widen(run: RunState, record: TaskRecord): void {
  const agent = agentOf(record)?.agent;
  if (agent !== undefined) {
    const window = windowOf(run, agent);
    window.limit = Math.min(run.plan.maxConcurrent, window.limit + 1);
  }
}

/** Sums usage; a cost that any part leaves open is the sum of what is known. */
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
  };
}
