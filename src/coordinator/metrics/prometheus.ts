import { type AttemptStats, successRate } from './attempt-stats.ts';
import { expose, type Family, type Labels, type Sample } from './exposition.ts';
import { type GroupCell, groupNameOf, type WorkspaceMetrics } from './workspace-metrics.ts';

const PREFIX = 'parallel_groups';
const QUANTILES = [0.5, 0.95];
const MS_PER_SECOND = 1000;

/**
 * Metrics in Prometheus' text format. Counters carry source, group, subagent and agent, so that any sum can be built.
 * Quantiles and ratios cannot be summed: they are exported separately for each agent, subagent and group.
 */
export function prometheusText(metrics: WorkspaceMetrics): string {
  const dimensions = [
    ['agent', (cell: GroupCell) => cell.agent],
    ['subagent', (cell: GroupCell) => cell.subagent],
    ['group', groupNameOf],
  ] as const;
  return expose([
    runs(metrics),
    ...counters(metrics.cells()),
    ...dimensions.flatMap(([name, nameOf]) => dimension(name, metrics.by(nameOf))),
  ]);
}

function runs(metrics: WorkspaceMetrics): Family {
  return {
    name: `${PREFIX}_runs_total`,
    type: 'counter',
    help: 'Runs by how they ended; in_progress: they have not.',
    samples: metrics.runs().map(({ source, group, status, count }) => ({
      labels: [
        ['source', source],
        ['group', group],
        ['status', status],
      ],
      value: count,
    })),
  };
}

function counters(cells: readonly GroupCell[]): Family[] {
  const counter = (name: string, help: string, of: (stats: AttemptStats) => number): Family => ({
    name: `${PREFIX}_${name}_total`,
    type: 'counter',
    help,
    samples: cells.map((cell) => ({ labels: labelsOf(cell), value: of(cell.stats) })),
  });
  return [
    counter('attempts', 'Attempts that were started.', ({ attempts }) => attempts),
    counter('attempt_successes', 'Attempts whose work was proven.', ({ successes }) => successes),
    failures(cells),
    counter('throttles', 'Times that a provider made an agent wait.', (stats) => stats.throttles),
    counter('retries', 'Attempts after a failed one of their task.', ({ retries }) => retries),
    counter('repairs', 'Attempts that mended what evidence lacked.', ({ repairs }) => repairs),
    tokens(cells),
    costs(cells),
  ];
}

function labelsOf({ source, group, subagent, agent }: GroupCell): Labels {
  return [
    ['source', source],
    ['group', group],
    ['subagent', subagent],
    ['agent', agent],
  ];
}

function failures(cells: readonly GroupCell[]): Family {
  return {
    name: `${PREFIX}_attempt_failures_total`,
    type: 'counter',
    help: 'Attempts that failed, by the class of their failure.',
    samples: cells.flatMap((cell) =>
      [...cell.stats.failures].sort().map(([reason, count]) => ({
        labels: [...labelsOf(cell), ['reason', reason]] as const,
        value: count,
      })),
    ),
  };
}

function tokens(cells: readonly GroupCell[]): Family {
  const sample = (cell: GroupCell, type: string, value: number): Sample => ({
    labels: [...labelsOf(cell), ['type', type]],
    value,
  });
  return {
    name: `${PREFIX}_tokens_total`,
    type: 'counter',
    help: 'Tokens, as far as agents tell.',
    samples: cells.flatMap((cell) => [
      sample(cell, 'input', cell.stats.inputTokens),
      sample(cell, 'output', cell.stats.outputTokens),
    ]),
  };
}

function costs(cells: readonly GroupCell[]): Family {
  return {
    name: `${PREFIX}_cost_usd_total`,
    type: 'counter',
    help: 'Cost in USD, as agents tell or (estimated) by their price; without those of which neither is known.',
    samples: cells.flatMap((cell) => {
      const { costUsd, costEstimated } = cell.stats;
      const labels = [
        ...labelsOf(cell),
        ...(costEstimated ? [['estimated', 'true'] as const] : []),
      ];
      return costUsd === null ? [] : [{ labels, value: costUsd }];
    }),
  };
}

function dimension(name: string, statsByName: readonly [string, AttemptStats][]): Family[] {
  return [
    {
      name: `${PREFIX}_${name}_attempt_duration_seconds`,
      type: 'summary',
      help: `How long attempts took, by ${name}; quantiles are within 1 %.`,
      samples: statsByName.flatMap(([value, stats]) => durations([[name, value]], stats)),
    },
    {
      name: `${PREFIX}_${name}_success_ratio`,
      type: 'gauge',
      help: `Successes of all attempts that tell something of the ${name}, 0 to 1.`,
      samples: statsByName.flatMap(([value, stats]) => {
        const rate = successRate(stats);
        return rate === null ? [] : [{ labels: [[name, value]] as const, value: rate }];
      }),
    },
  ];
}

function durations(labels: Labels, { latency }: AttemptStats): Sample[] {
  const quantiles = QUANTILES.flatMap((q): Sample[] => {
    const ms = latency.quantile(q);
    return ms === null
      ? []
      : [{ labels: [...labels, ['quantile', String(q)]], value: ms / MS_PER_SECOND }];
  });
  return [
    ...quantiles,
    { labels, suffix: '_sum', value: latency.sumMs / MS_PER_SECOND },
    { labels, suffix: '_count', value: latency.count },
  ];
}
