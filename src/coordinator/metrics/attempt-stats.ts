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

export function createTally(): AttemptStats {
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
export function addTally(to: AttemptStats, from: AttemptStats): void {
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
  tally: AttemptStats,
  { costUsd, costEstimated = false }: Pick<Usage, 'costUsd' | 'costEstimated'>,
): void {
  if (costUsd !== null) {
    tally.costUsd = (tally.costUsd ?? 0) + costUsd;
    tally.costEstimated ||= costEstimated;
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

/** A tally as it is shown. */
export function rowOf(name: string, tally: AttemptStats): MetricsRow {
  const failures = [...tally.failures].map(([reason, count]) => ({ reason, count }));
  return {
    name,
    attempts: tally.attempts,
    successes: tally.successes,
    failures: failures.sort((a, b) => (a.reason < b.reason ? -1 : 1)),
    successRate: successRate(tally),
    throttles: tally.throttles,
    retries: tally.retries,
    repairs: tally.repairs,
    p50Ms: tally.latency.quantile(0.5),
    p95Ms: tally.latency.quantile(0.95),
    inputTokens: tally.inputTokens,
    outputTokens: tally.outputTokens,
    costUsd: tally.costUsd,
    ...(tally.costEstimated ? { costEstimated: true } : {}),
  };
}
