import { html, type TemplateResult } from 'lit';
import { exactTime } from '../../facts/amounts.ts';

/** Words about a moment, with the exact one in the tooltip. `at`: ms since the epoch. */
export function timeAt(at: number | null, words: string): TemplateResult {
  return at === null
    ? html`<span>${words}</span>`
    : html`<time datetime=${new Date(at).toISOString()} title=${exactTime(at)}>${words}</time>`;
}
