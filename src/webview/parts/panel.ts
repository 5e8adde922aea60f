import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../shared/messages.ts';
import type { PanelSnapshot } from '../../shared/view-models/panel-protocol.ts';
import type { PanelActions, PanelModel } from '../facts/panel-model.ts';
import { blocked } from './blocked.ts';
import { empty } from './elements/section.ts';
import { header } from './header.ts';
import { metrics } from './metrics.ts';
import { phases } from './phases.ts';
import { problems } from './problems.ts';
import { taskTable } from './tasks/task-table.ts';
import { tests } from './tests.ts';
import { timeline } from './timeline.ts';
import { workflow } from './workflow.ts';

/** Renders the page. */
export function panel(model: PanelModel, actions: PanelActions): TemplateResult {
  const { snapshot } = model;
  return html`<main>
      ${snapshot === null ? empty(t('Reading the plan …')) : content(snapshot, model, actions)}
    </main>
    <div class="visually-hidden" role="status" aria-live="polite">${model.announcement}</div>`;
}

function content(
  snapshot: PanelSnapshot,
  { now, expanded, rows }: PanelModel,
  actions: PanelActions,
): TemplateResult {
  const { group } = snapshot;
  if (group === null) {
    return html`<h1>${t('Parallel Groups')}</h1>
      ${empty(
        t(
          'No groups yet. Write a task list such as tasks.md, and mark the tasks that can run at the same time with [P:Group-name].',
        ),
      )}`;
  }
  // A phase or task without an end time ended with its run.
  const until = group.run?.endedAt ?? now;
  return html`${header(snapshot, group, now, actions)} ${phases(group.run, until)}
    <div class="grid">
      ${timeline(group, now)} ${blocked(group.tasks)}
      ${snapshot.workflow === null ? nothing : workflow(snapshot.workflow)}
      ${taskTable(group.tasks, { expanded, rows, until }, actions)} ${tests(group, actions)}
      ${problems(group)} ${metrics(group.run)}
    </div>`;
}
