import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../shared/messages.ts';
import type { MetricsRow, RunView } from '../../shared/view-models/group-views.ts';
import { describeDuration } from '../../shared/words/durations.ts';
import { describeCost, describeTokens } from '../facts/amounts.ts';
import { describeFailures, describeRate } from '../facts/rates.ts';
import { empty, section } from './elements/section.ts';

const columns = (): string[] => [
  t('Attempts'),
  t('Succeeded'),
  t('Throttled'),
  t('Half in'),
  t('95 % in'),
  t('Tokens'),
  t('Cost'),
];
/** Index of the column whose tooltip lists the failures. */
const RATE = 1;

/** Renders the metrics of the newest run's agents and subagents: attempts, success rate, latency, tokens and cost. */
export function metrics(run: RunView | null): TemplateResult {
  const content =
    run === null || run.metrics.total.attempts === 0
      ? empty(
          t(
            'Nothing was measured yet. How often, how fast and how well each agent and subagent works is counted here.',
          ),
        )
      : html`<div class="scroller" role="region" aria-label=${t('Metrics table')} tabindex="0">
          <table>
            <thead>
              <tr>
                ${['', ...columns()].map((title) => html`<th scope="col">${title}</th>`)}
              </tr>
            </thead>
            ${rows(t('By agent'), run.metrics.agents)}
            ${rows(t('By subagent'), run.metrics.subagents)}
            ${rows(t('All together'), [run.metrics.total])}
          </table>
        </div>`;
  return section('metrics', t('Metrics'), 0, content);
}

function rows(title: string, all: readonly MetricsRow[]): TemplateResult {
  return html`<tbody>
    <tr>
      <th scope="rowgroup" class="muted" colspan=${columns().length + 1}>${title}</th>
    </tr>
    ${all.map(row)}
  </tbody>`;
}

function row(metricsRow: MetricsRow): TemplateResult {
  const failures = describeFailures(metricsRow);
  const again = [
    ...(metricsRow.retries === 0 ? [] : [`${metricsRow.retries} again`]),
    ...(metricsRow.repairs === 0 ? [] : [`${metricsRow.repairs} repaired`]),
  ];
  const tokens =
    metricsRow.inputTokens + metricsRow.outputTokens === 0
      ? '–'
      : `${describeTokens(metricsRow.inputTokens)} in · ${describeTokens(metricsRow.outputTokens)} out`;
  const cells = [
    again.length === 0 ? metricsRow.attempts : `${metricsRow.attempts} (${again.join(', ')})`,
    describeRate(metricsRow),
    metricsRow.throttles,
    latency(metricsRow.p50Ms),
    latency(metricsRow.p95Ms),
    tokens,
    metricsRow.costUsd === null ? '–' : describeCost(metricsRow.costUsd, metricsRow.costEstimated),
  ];
  // In a narrow panel without columns, styles label each cell with `data-column`.
  return html`<tr class="measured">
    <th scope="row">${metricsRow.name === '' ? 'this run' : metricsRow.name}</th>
    ${cells.map(
      (cell, index) =>
        html`<td
          class="number"
          data-column=${columns()[index] ?? ''}
          title=${index === RATE && failures !== '' ? failures : nothing}
        >
          ${cell}
        </td>`,
    )}
  </tr>`;
}

function latency(ms: number | null): string {
  return ms === null ? '–' : describeDuration(ms);
}
