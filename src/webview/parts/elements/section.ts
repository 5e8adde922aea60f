import '@vscode-elements/elements/dist/vscode-badge/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../../shared/messages.ts';
import { plural } from '../../../shared/words/durations.ts';

/** One of the panel's sections: a landmark named by its heading. `count`: shown beside it, unless it is 0. */
export function section(
  id: string,
  title: string,
  count: number,
  content: unknown,
): TemplateResult {
  return html`<section class="card ${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">
      ${title}${count > 0 ? html` <vscode-badge variant="counter">${count}</vscode-badge>` : nothing}
    </h2>
    ${content}
  </section>`;
}

/** Stands in a section that has nothing to show: what would make it fill. */
export function empty(sentence: string): TemplateResult {
  return html`<p class="empty">${sentence}</p>`;
}

/** How many items a list has at most: a list of thousands is read by nobody, and drawn again every second. */
export const MOST_ITEMS = 100;

/** Says what a list leaves out; nothing where it leaves out nothing (`count` 0 or less). */
export function omission(count: number, noun: string): TemplateResult | typeof nothing {
  return count <= 0
    ? nothing
    : html`<p class="muted">${t('{0} not shown', plural(count, noun))}</p>`;
}
