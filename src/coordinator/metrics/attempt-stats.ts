import type { FailureReason } from '../../shared/failure.ts';
import type { MetricsRow, Usage } from '../../shared/view-models/group-views.ts';
import { LatencySketch } from './latency-sketch.ts';

/** What is counted of attempts. */
export interface AttemptStats {
  /** Attempts that really started, or could not. */
  attempts: number;
  /** Of these: ended well, and proven. */
  successes: number;
  /** By the reason; throttling is no failure and is not among them. */
  readonly failures: Map<FailureReason, number>;
  /** Times that a provider made an attempt, or an agent within one, wait. */
  throttles: number;
  /** Attempts that came after a failed one of the same task, and began anew. */
  retries: number;
  /** Attempts that took a session up again to mend what evidence lacked. */
  repairs: number;
  /** Of the attempts that ended by themselves. */
  readonly latency: LatencySketch;
  inputTokens: number;
  outputTokens: number;
  /** USD; `null` where no agent said and no price is known. */
  costUsd: number | null;
  /** Whether a part of that is by a price of ours, not as an agent said. */
  costEstimated: boolean;
}

/** These ends say nothing of how good an agent is: a person, or the machine, ended it. */
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

/** Adds all of `from` to `to`. */
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

/** A cost that is not known leaves the sum as it is. */
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
 * Successes of all attempts that tell something of the agent, 0 to 1: without those that were throttled, stopped by a
 * person, or interrupted. `null` before the first.
 */
export function successRate({ successes, failures }: AttemptStats): number | null {
  let judged = successes;
  for (const [reason, count] of failures) {
    judged += NEUTRAL.has(reason) ? 0 : count;
  }
  return judged === 0 ? null : successes / judged;
}

/** A stats as it is shown. */
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
