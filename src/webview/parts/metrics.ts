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
/** The column whose tooltip tells what failed. */
const RATE = 1;

/** How the newest run's agents and subagents did: how often, how well, how fast and for how much. */
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

function row(of: MetricsRow): TemplateResult {
  const failures = describeFailures(of);
  const again = [
    ...(of.retries === 0 ? [] : [`${of.retries} again`]),
    ...(of.repairs === 0 ? [] : [`${of.repairs} repaired`]),
  ];
  const tokens =
    of.inputTokens + of.outputTokens === 0
      ? '–'
      : `${describeTokens(of.inputTokens)} in · ${describeTokens(of.outputTokens)} out`;
  const cells = [
    again.length === 0 ? of.attempts : `${of.attempts} (${again.join(', ')})`,
    describeRate(of),
    of.throttles,
    latency(of.p50Ms),
    latency(of.p95Ms),
    tokens,
    of.costUsd === null ? '–' : describeCost(of.costUsd, of.costEstimated),
  ];
  // Where there is no room for columns, each cell says by itself what it is.
  return html`<tr class="measured">
    <th scope="row">${of.name === '' ? 'this run' : of.name}</th>
    ${cells.map(
      (cell, place) =>
        html`<td
          class="number"
          data-column=${columns()[place] ?? ''}
          title=${place === RATE && failures !== '' ? failures : nothing}
        >
          ${cell}
        </td>`,
    )}
  </tr>`;
}

function latency(ms: number | null): string {
  return ms === null ? '–' : describeDuration(ms);
}
