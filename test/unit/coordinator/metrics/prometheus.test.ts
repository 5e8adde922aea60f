import assert from 'node:assert/strict';
import { expose } from '../../../../src/coordinator/metrics/exposition.ts';
import { createMeasure, measure } from '../../../../src/coordinator/metrics/measure.ts';
import { prometheusText } from '../../../../src/coordinator/metrics/prometheus.ts';
import { WorkspaceMetrics } from '../../../../src/coordinator/metrics/workspace-metrics.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { agentPlan, keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { readExposition } from '../../../support/metrics/read-exposition.ts';

/** One run in which T1 fails once and then succeeds. */
function metricsOf(subagent: string): WorkspaceMetrics {
  const agents = [agentPlan('claude', { subagent, price: { inputPerMTok: 1, outputPerMTok: 2 } })];
  const plan = runPlan([plannedTask('T1', { agents })]);
  const run = createMeasure(plan);
  const task = keyOf('T1');
  for (const attempt of [1, 2]) {
    measure(run, { type: 'attempt.requested', task, attempt, choice: 0 });
    const usage = { inputTokens: 1000, outputTokens: 100, costUsd: null };
    const end = { ...outcome(attempt === 1 ? 'timeout' : null), usage, durationMs: attempt * 1000 };
    measure(run, { type: 'attempt.ended', task, attempt, offset: 0, jitter: 0, outcome: end });
  }
  measure(run, { type: 'evidence.checked', task, attempt: 2, evidence: [], files: [] });
  const metrics = new WorkspaceMetrics();
  metrics.add(plan, 'completed', run);
  return metrics;
}

describe('global job context: export to Prometheus', () => {
  it('is text that a strict reader accepts, in base units', () => {
    const families = readExposition(prometheusText(metricsOf('backend-architect')));
    const values = [...families.values()].flatMap(({ samples }) =>
      samples.map(({ name, labels, value }) => {
        const { reason, type, quantile, status } = labels;
        const which = reason ?? type ?? quantile ?? status;
        return [name.replace('parallel_groups_', ''), which, value].filter(
          (part) => part !== undefined,
        );
      }),
    );
    const latency = (name: string) => [
      [`${name}_attempt_duration_seconds`, '0.5', 1],
      [`${name}_attempt_duration_seconds`, '0.95', 2],
      [`${name}_attempt_duration_seconds_sum`, 3],
      [`${name}_attempt_duration_seconds_count`, 2],
      [`${name}_success_ratio`, 0.5],
    ];
    assert.deepEqual(
      values.map((each) =>
        each.map((part) => (typeof part === 'number' ? Number(part.toFixed(1)) : part)),
      ),
      [
        ['runs_total', 'completed', 1],
        ['attempts_total', 2],
        ['attempt_successes_total', 1],
        ['attempt_failures_total', 'timeout', 1],
        ['throttles_total', 0],
        ['retries_total', 1],
        ['repairs_total', 0],
        ['tokens_total', 'input', 2000],
        ['tokens_total', 'output', 200],
        ['cost_usd_total', 0],
        ...['agent', 'subagent', 'group'].flatMap(latency),
      ],
    );
  });

  it('labels a cost as estimated that comes from a price', () => {
    const families = readExposition(prometheusText(metricsOf('backend-architect')));
    const [cost] = families.get('parallel_groups_cost_usd_total')?.samples ?? [];
    assert.equal(cost?.labels.estimated, 'true');
  });

  it('keeps labels whole, whatever is in them', () => {
    const nasty = 'a "quoted" \\ name\nin two lines, a="b"} 1';
    const families = readExposition(prometheusText(metricsOf(nasty)));
    const [sample] = families.get('parallel_groups_attempts_total')?.samples ?? [];
    assert.equal(sample?.labels.subagent, nasty);
  });

  it('adds up runs of one group, whatever their order', () => {
    const both = new WorkspaceMetrics();
    const plan = runPlan([plannedTask('T1')]);
    both.add(plan, 'completed', createMeasure(plan));
    both.add(plan, 'failed', createMeasure(plan));
    both.add(plan, 'completed', createMeasure(plan));
    const runs = readExposition(prometheusText(both)).get('parallel_groups_runs_total')?.samples;
    assert.deepEqual(
      runs?.map(({ labels, value }) => [labels.status, value]),
      [
        ['completed', 2],
        ['failed', 1],
      ],
    );
  });

  it('is empty before the first run', () => {
    assert.equal(prometheusText(new WorkspaceMetrics()), '');
    assert.equal(expose([{ name: 'none', type: 'gauge', help: 'None.', samples: [] }]), '');
  });
});
