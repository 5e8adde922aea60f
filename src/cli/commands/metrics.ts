import { prometheusText } from '../../coordinator/metrics/prometheus.ts';
import { groupNameOf } from '../../coordinator/metrics/workspace-metrics.ts';
import { type CollectedMetrics, collectMetrics } from '../../engine/projection/collect-metrics.ts';
import { t } from '../../shared/messages.ts';
import type { MetricsRow } from '../../shared/view-models/group-views.ts';
import { plural } from '../../shared/words/durations.ts';
import { openWorkspaceStorage } from '../../store/user/user-state.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';

/** `metrics`: prints the totals of all runs of this user in the workspace, as Prometheus text or JSON. */
export async function metrics(workspaceRoot: string): Promise<Answer> {
  const storage = await openWorkspaceStorage(workspaceRoot);
  if (!storage.ok) {
    return refusal('storage', storage.failure.message);
  }
  const collected = await collectMetrics(workspaceRoot, storage.value);
  const warnings = warningsOf(collected);
  for (const warning of warnings) {
    process.stderr.write(`${t('warning: {0}', warning)}\n`);
  }
  return {
    exitCode: EXIT.completed,
    json: describe(collected, warnings),
    text: prometheusText(collected.metrics).trimEnd(),
    to: 'stdout',
  };
}

function warningsOf({ foreign, problems }: CollectedMetrics): string[] {
  if (foreign.length === 0) {
    return [...problems];
  }
  const warning = t(
    '{0} not counted, because somebody else started them: {1}',
    plural(foreign.length, 'run'),
    foreign.join(', '),
  );
  return [...problems, warning];
}

function describe({ metrics: all, runs }: CollectedMetrics, warnings: readonly string[]): object {
  return {
    version: 1,
    runs,
    agents: all.rows(({ agent }) => agent).map(rowJson),
    subagents: all.rows(({ subagent }) => subagent).map(rowJson),
    groups: all.rows(groupNameOf).map(rowJson),
    warnings,
  };
}

function rowJson(row: MetricsRow): object {
  return {
    name: row.name,
    attempts: row.attempts,
    successes: row.successes,
    failures: Object.fromEntries(row.failures.map(({ reason, count }) => [reason, count])),
    success_rate: row.successRate,
    throttles: row.throttles,
    retries: row.retries,
    repairs: row.repairs,
    latency_ms: { p50: row.p50Ms, p95: row.p95Ms },
    input_tokens: row.inputTokens,
    output_tokens: row.outputTokens,
    cost_usd: row.costUsd,
    ...(row.costEstimated === true ? { cost_estimated: true } : {}),
  };
}
