/** Half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Shifts a range by `by` units. */
export function moveSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** An inline code span including its back ticks; `value` is the code between them. */
export interface CodeSpan extends Span {
  readonly value: string;
}

/**
 * A text prepared for parsing markers: fenced code, comments and link targets are blanked with spaces, so that offsets
 * stay valid. Inline code stays, because paths and `run:` lines are written in it; `code` lists its spans.
 */
export interface MarkedText {
  readonly text: string;
  /** In order, without overlaps. */
  readonly code: readonly CodeSpan[];
}

/** `text` with `spans` replaced by spaces. Line breaks stay, so lines and offsets match `text`. */
export function blank(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) {
    return text;
  }
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of inOrder(spans)) {
    if (end <= done) {
      continue;
    }
    const from = Math.max(start, done);
    parts.push(text.slice(done, from), spaces(text.slice(from, end)));
    done = end;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

function spaces(text: string): string {
  return text.replace(/[^\r\n]+/g, (words) => ' '.repeat(words.length));
}

/** `text` from `from` to `to` without the `spans`. */
export function without(text: string, spans: readonly Span[], from = 0, to = text.length): string {
  let rest = '';
  let done = from;
  for (const { start, end } of inOrder(spans)) {
    if (end <= done || start >= to) {
      continue;
    }
    rest += text.slice(done, Math.max(start, done));
    done = Math.min(end, to);
  }
  return rest + text.slice(done, to);
}

/** The trimmed items between the separators of `text`; empty ones are omitted. */
export function pieces(text: string, separator: RegExp, offset = 0): readonly Span[] {
  const found: Span[] = [];
  let from = 0;
  const take = (to: number): void => {
    const piece = text.slice(from, to);
    const start = offset + from + (piece.length - piece.trimStart().length);
    const end = offset + to - (piece.length - piece.trimEnd().length);
    if (start < end) {
      found.push({ start, end });
    }
  };
  for (const { index, 0: match } of text.matchAll(separator)) {
    take(index);
    from = index + match.length;
  }
  take(text.length);
  return found;
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  return spans.length < 2 ? spans : spans.toSorted((a, b) => a.start - b.start);
}
