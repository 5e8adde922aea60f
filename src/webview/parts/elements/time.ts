import { html, type TemplateResult } from 'lit';
import { exactTime } from '../../facts/amounts.ts';

/** Renders the description of a point in time, with the exact time as tooltip. `at`: ms since the epoch. */
export function timeAt(at: number | null, text: string): TemplateResult {
  return at === null
    ? html`<span>${text}</span>`
    : html`<time datetime=${new Date(at).toISOString()} title=${exactTime(at)}>${text}</time>`;
}
