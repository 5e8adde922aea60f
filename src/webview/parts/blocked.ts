import { html, type TemplateResult } from 'lit';
import { t } from '../../shared/messages.ts';
import type { TaskView } from '../../shared/view-models/group-views.ts';
import { blockedFacts } from '../facts/blocked.ts';
import { statusIcon } from './elements/icons.ts';
import { empty, MAX_ITEMS, omission, section } from './elements/section.ts';

/** Renders the blocked tasks with their blockers, and advice on how to unblock them. */
export function blocked(tasks: readonly TaskView[]): TemplateResult {
  const facts = blockedFacts(tasks);
  const content =
    facts.tasks.length === 0
      ? empty(
          t(
            'None. A task stands here when something outside the run, or a failed task, holds it back.',
          ),
        )
      : html`<ul class="plain">
            ${facts.tasks.slice(0, MAX_ITEMS).map(entry)}
          </ul>
          ${omission(facts.tasks.length - MAX_ITEMS, 'more task')}
          ${facts.advice.slice(0, MAX_ITEMS).map((sentence) => html`<p class="muted">${sentence}</p>`)}`;
  return section('blocked-by', t('Blocked'), facts.tasks.length, content);
}

function entry({ id, title, blockedBy }: TaskView): TemplateResult {
  const by = blockedBy.map((blocker) => `${blocker.id} (${blocker.status})`).join(', ');
  return html`<li>
    ${statusIcon('blocked')}<span
      ><span class="id" title=${title}>${id}</span> ${t('is blocked by {0}', by)}</span
    >
  </li>`;
}
