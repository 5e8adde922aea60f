import '@vscode-elements/elements/dist/vscode-badge/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../../shared/messages.ts';
import { plural } from '../../../shared/words/durations.ts';

/** Renders a section of the panel: a landmark that its heading names. `count`: shown beside the heading unless 0. */
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

/** Renders the placeholder of an empty section, which says what the section will contain. */
export function empty(sentence: string): TemplateResult {
  return html`<p class="empty">${sentence}</p>`;
}

/** Maximum number of items in a list: thousands would be unreadable and slow to redraw every second. */
export const MAX_ITEMS = 100;

/** Renders the number of omitted items; `nothing` if `count` is 0 or less. */
export function omission(count: number, noun: string): TemplateResult | typeof nothing {
  return count <= 0
    ? nothing
    : html`<p class="muted">${t('{0} not shown', plural(count, noun))}</p>`;
}
