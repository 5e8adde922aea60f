import { nothing } from 'lit';

interface Template {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

/** Replaces a `<` of a value while tags are removed; no template contains it. */
const OPENING = '\uE000';

/**
 * Returns the text of a template without tags and drawings, with one line for each list element or description. For
 * tests of words; a browser shows the appearance.
 */
export function wordsOf(template: unknown): readonly string[] {
  return markupOf(template)
    .replace(/<svg[\s\S]*?<\/svg>/g, ' ')
    .split(/<(?:li|dt)\b[^>]*>/)
    .map((part) =>
      part
        .replace(/<\/?[a-z][^>]*>/g, ' ')
        .replaceAll(OPENING, '<')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '');
}

/** Escapes values as Lit does: they are text, not tags. */
function markupOf(value: unknown): string {
  if (value === nothing || value === undefined || value === null) {
    return '';
  }
  if (Array.isArray(value)) {
    return value.map(markupOf).join('');
  }
  if (!isTemplate(value)) {
    return plainOf(value).replaceAll('<', OPENING);
  }
  return value.strings.map((text, place) => text + markupOf(value.values[place])).join('');
}

function plainOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isTemplate(value: unknown): value is Template {
  return typeof value === 'object' && value !== null && 'strings' in value && 'values' in value;
}
