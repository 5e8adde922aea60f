import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-badge/index.js';

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
