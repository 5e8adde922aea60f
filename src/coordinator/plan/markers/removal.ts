import { lineStart } from './line-start.ts';
import type { Span } from './marked-text.ts';

/**
 * Range to delete from `text` to remove a marker: including one space, or its whole line if the marker is alone there.
 * The first line is kept, because a task needs one.
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

/** More white space than this after a marker is not an indentation. */
const MAX_INDENT = 200;

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function breakLength(text: string, offset: number): number {
  return text.slice(offset - 2, offset) === '\r\n' ? 2 : 1;
}
