import { nothing } from 'lit';

interface Template {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

/** Stands for a `<` of a value while tags are taken out; nobody writes it. */
const OPENING = '\uE000';

/**
 * What a template says to whoever reads it, an element of a list or a description on a line: its text without tags, and
 * without drawings. For tests of words; what it looks like is for a browser to say.
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

/** Values are escaped, as Lit does: what they hold is text and no tag. */
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
