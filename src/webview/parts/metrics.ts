import { html, nothing, type TemplateResult } from 'lit';
import { describeDuration } from '../../shared/durations.ts';
import type { MetricsRow, RunView } from '../../shared/views.ts';
import { describeCost, describeTokens } from '../facts/amounts.ts';
import { describeFailures, describeRate } from '../facts/rates.ts';
import { empty, section } from './section.ts';

const COLUMNS = ['Attempts', 'Succeeded', 'Throttled', 'Half in', '95 % in', 'Tokens', 'Cost'];

/** How the newest run's agents and subagents did: how often, how well, how fast and for how much. */
export function metrics(run: RunView | null): TemplateResult {
  const content =
    run === null || run.metrics.total.attempts === 0
      ? empty(
          'Nothing was measured yet. How often, how fast and how well each agent and subagent works is counted here.',
        )
      : html`<div class="scroller" role="region" aria-label="Metrics table" tabindex="0">
          <table>
            ${rows('By agent', run.metrics.agents)} ${rows('By subagent', run.metrics.subagents)}
            ${run.metrics.total.attempts > 0 ? rows('All together', [run.metrics.total]) : nothing}
          </table>
        </div>`;
  return section('metrics', 'Metrics', 0, content);
}

function rows(title: string, all: readonly MetricsRow[]): TemplateResult {
  return html`<thead>
      <tr>
        <th scope="col">${title}</th>
        ${COLUMNS.map((column) => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${all.map(row)}
    </tbody>`;
}

function row(of: MetricsRow): TemplateResult {
  const failures = describeFailures(of);
  const retries = of.retries === 0 ? '' : ` (${of.retries} again)`;
  const tokens =
    of.inputTokens + of.outputTokens === 0
      ? '–'
      : `${describeTokens(of.inputTokens)} in · ${describeTokens(of.outputTokens)} out`;
  return html`<tr>
    <th scope="row">${of.name === '' ? 'this run' : of.name}</th>
    <td class="number">${of.attempts}${retries}</td>
    <td class="number" title=${failures === '' ? nothing : failures}>${describeRate(of)}</td>
    <td class="number">${of.throttles}</td>
    <td class="number">${latency(of.p50Ms)}</td>
    <td class="number">${latency(of.p95Ms)}</td>
    <td class="number">${tokens}</td>
    <td class="number">${of.costUsd === null ? '–' : describeCost(of.costUsd)}</td>
  </tr>`;
}

function latency(ms: number | null): string {
  return ms === null ? '–' : describeDuration(ms);
}
