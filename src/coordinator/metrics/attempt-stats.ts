import type { FailureReason } from '../../shared/failure.ts';
import type { MetricsRow, Usage } from '../../shared/view-models/group-views.ts';
import { LatencySketch } from './latency-sketch.ts';

/** Counters of attempts. */
export interface AttemptStats {
  /** Attempts that started or failed to start. */
  attempts: number;
  /** Attempts that succeeded and were proven. */
  successes: number;
  /** By reason. Throttling is not a failure and is not included. */
  readonly failures: Map<FailureReason, number>;
  /** Number of times that a provider throttled an attempt or an agent within one. */
  throttles: number;
  /** Attempts in a new session after a failed attempt of the same task. */
  retries: number;
  /** Attempts that resumed a session to repair missing evidence. */
  repairs: number;
  /** Durations of the attempts that ended on their own. */
  readonly latency: LatencySketch;
  inputTokens: number;
  outputTokens: number;
  /** USD; `null` if no agent reports a cost and no price is known. */
  costUsd: number | null;
  /** Whether a part of the cost is estimated from a price. */
  costEstimated: boolean;
}

/** These ends are not the agent's fault: the user or the machine ended it. */
const NEUTRAL: ReadonlySet<FailureReason> = new Set(['cancelled', 'interrupted']);

export function createAttemptStats(): AttemptStats {
  return {
    attempts: 0,
    successes: 0,
    failures: new Map(),
    throttles: 0,
    retries: 0,
    repairs: 0,
    latency: new LatencySketch(),
    inputTokens: 0,
    outputTokens: 0,
    costUsd: null,
    costEstimated: false,
  };
}

/** Adds `from` to `to`. */
export function addAttemptStats(to: AttemptStats, from: AttemptStats): void {
  to.attempts += from.attempts;
  to.successes += from.successes;
  for (const [reason, count] of from.failures) {
    to.failures.set(reason, (to.failures.get(reason) ?? 0) + count);
  }
  to.throttles += from.throttles;
  to.retries += from.retries;
  to.repairs += from.repairs;
  to.latency.merge(from.latency);
  to.inputTokens += from.inputTokens;
  to.outputTokens += from.outputTokens;
  addCost(to, from);
}

/** Adds a cost; an unknown cost leaves the sum unchanged. */
export function addCost(
  stats: AttemptStats,
  { costUsd, costEstimated = false }: Pick<Usage, 'costUsd' | 'costEstimated'>,
): void {
  if (costUsd !== null) {
    stats.costUsd = (stats.costUsd ?? 0) + costUsd;
    stats.costEstimated ||= costEstimated;
  }
}

/**
 * Success rate of the attempts, 0 to 1, excluding those that were throttled, stopped by the user or interrupted. `null`
 * before the first.
 */
export function successRate({ successes, failures }: AttemptStats): number | null {
  let judged = successes;
  for (const [reason, count] of failures) {
    judged += NEUTRAL.has(reason) ? 0 : count;
  }
  return judged === 0 ? null : successes / judged;
}

/** Statistics as a row of a view. */
export function rowOf(name: string, stats: AttemptStats): MetricsRow {
  const failures = [...stats.failures].map(([reason, count]) => ({ reason, count }));
  return {
    name,
    attempts: stats.attempts,
    successes: stats.successes,
    failures: failures.sort((a, b) => (a.reason < b.reason ? -1 : 1)),
    successRate: successRate(stats),
    throttles: stats.throttles,
    retries: stats.retries,
    repairs: stats.repairs,
    p50Ms: stats.latency.quantile(0.5),
    p95Ms: stats.latency.quantile(0.95),
    inputTokens: stats.inputTokens,
    outputTokens: stats.outputTokens,
    costUsd: stats.costUsd,
    ...(stats.costEstimated ? { costEstimated: true } : {}),
  };
}
