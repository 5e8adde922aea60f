import { lineStart } from './line-start.ts';
import type { Span } from './marked-text.ts';

/**
 * What to delete of `text` to be rid of a marker: one space with it, or all of its line where it has one to itself. The
 * first line stays, because a task without one is none.
 */
export function markerRemoval({ start, end }: Span, text: string): Span {
  const from = lineStart(text, start);
  if (from > 0 && isBlank(text.slice(from, start))) {
    const rest = /^[ \t]*(\r\n|\n|\r|$)/.exec(text.slice(end, end + MAX_INDENT));
    if (rest?.[1] === '') {
      return { start: from - breakLength(text, from), end };
    }
    if (rest !== null) {
      return { start: from, end: end + rest[0].length };
    }
  }
  const before = /[ \t]/.test(text[start - 1] ?? '');
  const after = text[end];
  if (before && (after === undefined || /\s/.test(after))) {
    return { start: start - 1, end };
  }
  return { start, end: after === ' ' || after === '\t' ? end + 1 : end };
}

/** More white space than this behind a marker is no indentation. */
const MAX_INDENT = 200;

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function breakLength(text: string, offset: number): number {
  return text.slice(offset - 2, offset) === '\r\n' ? 2 : 1;
}
