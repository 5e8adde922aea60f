/** Half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An inline code span, its back ticks included; `value` is what stands between them. */
export interface CodeSpan extends Span {
  readonly value: string;
}

/**
 * A text as markers are looked for in it: fenced code, comments and link targets are blanked to spaces, so that
 * offsets still hold. Inline code stays, because paths and `run:` lines are written in it; it is told apart by `code`.
 */
export interface MarkedText {
  readonly text: string;
  /** In order, without overlaps. */
  readonly code: readonly CodeSpan[];
}

/** `text` with the `spans` overwritten by spaces; line breaks stay, so lines and offsets are those of `text`. */
export function blank(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of inOrder(spans)) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    parts.push(text.slice(done, from), text.slice(from, end).replace(/[^\r\n]/g, ' '));
    done = end;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

/** `text` from `from` to `to` without the `spans`. */
export function without(text: string, spans: readonly Span[], from = 0, to = text.length): string {
  let rest = '';
  let done = from;
  for (const { start, end } of inOrder(spans)) {
    if (end <= done || start >= to) continue;
    rest += text.slice(done, Math.max(start, done));
    done = Math.min(end, to);
  }
  return rest + text.slice(done, to);
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  return spans.toSorted((a, b) => a.start - b.start);
}
