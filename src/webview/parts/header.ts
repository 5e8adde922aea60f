import { html, nothing, svg, type TemplateResult } from 'lit';
import type { GroupKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { GroupCounts, GroupView, Usage } from '../../shared/view-models/group-views.ts';
import type { PanelSnapshot } from '../../shared/view-models/panel-protocol.ts';
import { plural } from '../../shared/words/durations.ts';
import { describeUsage } from '../facts/amounts.ts';
import { canResume, describeGroupState, explainState, RESTRICTED } from '../facts/group-state.ts';
import type { PanelActions } from '../facts/panel-model.ts';
import { actionButton } from './elements/action-button.ts';
import { statusIcon } from './elements/icons.ts';
import { timeAt } from './elements/time.ts';

/** Renders the top of the panel: the group, its state and its actions. */
export function header(
  snapshot: PanelSnapshot,
  group: GroupView,
  now: number,
  actions: PanelActions,
): TemplateResult {
  const state = describeGroupState(group, now);
  const explanation = explainState(group, snapshot.trusted);
  return html`<header>
    <div class="title-row">
      <h1>${group.title}</h1>
      ${snapshot.groups.length > 1 ? chooser(snapshot.groups, group.key, actions) : nothing}
      <div class="buttons" role="group" aria-label=${t('Run')}>
        ${buttons(snapshot, group, actions)}
      </div>
    </div>
    <p class="facts">
      <span class="state ${state.icon}"
        >${statusIcon(state.icon)}<strong>${state.word}</strong></span
      >
      ${state.time === '' ? nothing : timeAt(state.at, state.time)}
      <span>${countWords(group.counts)}</span>
      ${usage(group.run?.usage ?? null)} ${budget(group.run?.budget ?? null)}
      <span class="muted">${group.source}</span>
    </p>
    ${progress(group.counts)}
    ${explanation === null ? nothing : html`<p class="notice">${explanation}</p>`}
  </header>`;
}

function usage(value: Usage | null): TemplateResult | typeof nothing {
  return value === null
    ? nothing
    : html`<span title=${t('Tokens that went to the agents and came back, and what they cost')}
        >${describeUsage(value)}</span
      >`;
}

function budget(description: string | null): TemplateResult | typeof nothing {
  return description === null
    ? nothing
    : html`<span title=${t('What the run has spent of its budget')}>${description}</span>`;
}

function chooser(
  groups: PanelSnapshot['groups'],
  current: GroupKey,
  actions: PanelActions,
): TemplateResult {
  const sources = new Set(groups.map(({ source }) => source));
  const choose = (event: Event) => {
    const { target } = event;
    const chosen = target instanceof HTMLSelectElement ? groups[target.selectedIndex] : undefined;
    if (chosen !== undefined) {
      actions.select(chosen.key);
    }
  };
  return html`<label class="chooser">
    <span class="visually-hidden">${t('Group')}</span>
    <select @change=${choose}>
      ${groups.map(
        ({ key, title, source }) =>
          html`<option value=${key} .selected=${key === current}>
            ${sources.size > 1 ? `${title} · ${source}` : title}
          </option>`,
      )}
    </select>
  </label>`;
}

function buttons(
  { trusted }: PanelSnapshot,
  group: GroupView,
  actions: PanelActions,
): TemplateResult[] {
  const { key } = group;
  const refusalUnless = (possible: boolean, reason: string) =>
    !trusted ? RESTRICTED() : possible ? null : reason;
  const live = group.run?.endedAt === null;
  const first = canResume(group)
    ? actionButton({
        label: t('Resume'),
        kind: 'primary',
        refusal: refusalUnless(trusted, ''),
        click: () => {
          actions.post({ type: 'resume', group: key });
        },
      })
    : actionButton({
        label: t('Run'),
        kind: 'primary',
        refusal: refusalUnless(
          group.canRun,
          live ? t('It is running.') : t('No task is left to launch.'),
        ),
        click: () => {
          actions.post({ type: 'run', group: key });
        },
      });
  return [
    first,
    actionButton({
      label: t('Stop'),
      kind: 'secondary',
      refusal: refusalUnless(
        group.canStop,
        live ? t('It is stopping already.') : t('It is not running.'),
      ),
      click: () => {
        actions.post({ type: 'stop', group: key });
      },
    }),
    actionButton({
      label: t('Retry failed'),
      kind: 'secondary',
      refusal: refusalUnless(
        group.canRetry,
        live ? t('It is still running.') : t('No task has failed.'),
      ),
      click: () => {
        actions.post({ type: 'retry', group: key });
      },
    }),
    actionButton({
      label: t('Report'),
      kind: 'secondary',
      refusal: group.run?.state === 'ended' ? null : t('It is written when a run is over.'),
      click: () => {
        actions.post({ type: 'openReport', group: key });
      },
    }),
  ];
}

function countWords(counts: GroupCounts): string {
  const more = (['running', 'blocked', 'failed', 'cancelled'] as const)
    .filter((key) => counts[key] > 0)
    .map((key) => `${counts[key]} ${key}`);
  return [`${counts.completed} of ${plural(counts.total, 'task')} completed`, ...more].join(' · ');
}

/**
 * Renders a progress bar with parts proportional to the task counts. Screen readers skip it: the text above is equal.
 */
function progress(counts: GroupCounts): TemplateResult {
  let end = 0;
  const parts = (['completed', 'running', 'failed', 'blocked', 'cancelled'] as const).map((key) => {
    const start = end;
    end += counts[key];
    return svg`<rect class=${key} x=${start} width=${counts[key]} height="1" />`;
  });
  const viewBox = `0 0 ${Math.max(1, counts.total)} 1`;
  return html`<svg
    class="progress"
    viewBox=${viewBox}
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${parts}
  </svg>`;
}
