import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../shared/messages.ts';
import type { GroupView, TaskAppearance, TestsView } from '../../shared/view-models/group-views.ts';
import { describeDuration } from '../../shared/words/durations.ts';
import type { PanelActions } from '../facts/panel-model.ts';
import { actionButton } from './elements/action-button.ts';
import { statusIcon } from './elements/icons.ts';
import { empty, section } from './elements/section.ts';

const STATUS: Readonly<Record<TestsView['status'], readonly [TaskAppearance, () => string]>> = {
  passed: ['completed', () => t('Passed')],
  failed: ['failed', () => t('Failed')],
  none: ['blocked', () => t('No tests')],
  skipped: ['cancelled', () => t('Not run')],
};

/** Renders the results of the test suite before and after the run, and the proposed fix tasks. */
export function tests(group: GroupView, actions: PanelActions): TemplateResult {
  const { run } = group;
  const baseline = run?.baseline ?? null;
  const after = run?.tests ?? null;
  const missing = after !== null || run?.state === 'ended' ? 'not run' : 'not yet';
  const content =
    baseline === null && after === null
      ? empty(t('The test suite runs before and after the tasks; both results are compared here.'))
      : html`${after === null ? nothing : html`<p>${after.message}</p>`}
          <table>
            <thead>
              <tr>
                ${['', t('Result'), t('Passed'), t('Failed'), t('All'), t('Time')].map(
                  (title) => html`<th scope="col">${title}</th>`,
                )}
              </tr>
            </thead>
            <tbody>
              ${result(t('Before'), baseline, missing)}${result(t('After'), after, missing)}
            </tbody>
          </table>
          ${failures(baseline, after)}${proposals(group, actions)}`;
  return section('tests', t('Tests'), 0, content);
}

/** Renders one result. `missing`: the text to show if there is none. */
function result(title: string, outcome: TestsView | null, missing: string): TemplateResult {
  if (outcome === null) {
    return html`<tr>
      <th scope="row">${title}</th>
      <td colspan="5" class="muted">${missing}</td>
    </tr>`;
  }
  const [icon, wordOf] = STATUS[outcome.status];
  const word = wordOf();
  const count = (value: number | null) => html`<td class="number">${value ?? '–'}</td>`;
  return html`<tr>
    <th scope="row">${title}</th>
    <td>
      <span class="state ${icon}" title=${outcome.command ?? nothing}
        >${statusIcon(icon)}${word}</span
      >
    </td>
    ${count(outcome.passed)}${count(outcome.failed)}${count(outcome.total)}
    <td class="number">${outcome.durationMs === 0 ? '–' : describeDuration(outcome.durationMs)}</td>
  </tr>`;
}

/** Renders the failed tests and marks those that failed before the run too, which the run did not break. */
function failures(
  baseline: TestsView | null,
  outcome: TestsView | null,
): TemplateResult | typeof nothing {
  if (outcome === null || outcome.failures.length === 0) {
    return nothing;
  }
  const before = namesBefore(baseline);
  const since = (name: string) => (before?.has(name) === true ? 'failed before too' : 'new');
  return html`<h3>${t('What failed')}</h3>
    <ul class="plain">
      ${outcome.failures.map(
        ({ name, message }) =>
          html`<li>
            ${statusIcon('failed')}<span
              >${name}${before === null ? nothing : html` <span class="muted">${since(name)}</span>`}${message === '' ? nothing : html`<span class="message">${message}</span>`}</span
            >
          </li>`,
      )}
    </ul>`;
}

/** Returns the names of the tests that failed before the run; `null` if the baseline does not name them. */
function namesBefore(baseline: TestsView | null): ReadonlySet<string> | null {
  if (baseline === null || baseline.status === 'skipped') {
    return null;
  }
  const names = new Set(baseline.failures.map(({ name }) => name));
  return baseline.status === 'failed' && names.size === 0 ? null : names;
}

function proposals(
  { key, run }: GroupView,
  actions: PanelActions,
): TemplateResult | typeof nothing {
  const proposed = run?.proposedTasks ?? [];
  if (proposed.length === 0) {
    return nothing;
  }
  return html`<div class="heading-row">
      <h3>${t('Proposed tasks')}</h3>
      ${actionButton({
        label: t('Add to Plan'),
        name: t('Add the fix tasks to the plan'),
        kind: 'secondary',
        refusal: null,
        click: () => {
          actions.post({ type: 'addFixTasks', group: key });
        },
      })}
      ${actionButton({
        label: t('Copy'),
        name: t('Copy the proposed tasks'),
        kind: 'secondary',
        refusal: null,
        click: () => {
          actions.post({ type: 'copyProposals', group: key });
        },
      })}
    </div>
    <pre>${proposed.join('\n')}</pre>`;
}
