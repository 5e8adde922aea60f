import type { CodeSpan, Span } from '../../../coordinator/plan/markers/marked-text.ts';
import { inlineTagEnd, mayBeHtml } from './html-start.ts';
import { LineEmphasis } from './line-emphasis.ts';

const BACKTICK = 0x60;
const BACKSLASH = 0x5c;
const LESS = 0x3c;
const BRACKET = 0x5d;
const PARENTHESIS = 0x28;
const STAR = 0x2a;
const UNDERSCORE = 0x5f;
const ESCAPED = /[!-/:-@[-`{-~]/;

/** Collects the spans that are found in a text. */
export interface FoundSpans {
  readonly code: CodeSpan[];
  readonly hidden: Span[];
  /** Absent if formatting is not needed. */
  readonly formatting?: Span[];
}

/**
 * Records the inline code, tags and formatting of one line (`from` to `to`, without its line ending) in `into`. `false`
 * if the line needs parsing, because of other HTML, a link, or a construct that is not closed in this line.
 */
export function scanInline(text: string, from: number, to: number, into: FoundSpans): boolean {
  const { formatting } = into;
  const emphasis = formatting === undefined ? null : new LineEmphasis(text, from, to, formatting);
  let at = from;
  while (at < to) {
    const unit = text.charCodeAt(at);
    if (unit === BRACKET && text.charCodeAt(at + 1) === PARENTHESIS) {
      return false;
    }
    if (unit === BACKSLASH) {
      if (ESCAPED.test(text.charAt(at + 1))) {
        formatting?.push({ start: at, end: at + 1 });
      }
      at += 2;
    } else if (unit === BACKTICK) {
      const span = codeSpan(text, at, to);
      if (span === null) {
        return false;
      }
      into.code.push(span);
      at = span.end;
    } else if (unit === LESS && mayBeHtml(text, at)) {
      const end = inlineTagEnd(text, from, at);
      if (end === null || end > to) {
        return false;
      }
      into.hidden.push({ start: at, end });
      at = end;
    } else if (emphasis !== null && (unit === STAR || unit === UNDERSCORE)) {
      const end = emphasis.run(at, unit);
      if (end === null) {
        return false;
      }
      at = end;
    } else {
      at += 1;
    }
  }
  return emphasis?.isClosed() ?? true;
}

/** Returns the code span at `start`, which as many backticks close as opened it; `null` if nothing closes it. */
function codeSpan(text: string, start: number, to: number): CodeSpan | null {
  const inner = runEnd(text, start);
  const length = inner - start;
  let from = text.indexOf('`', inner);
  while (from !== -1 && from < to) {
    const end = runEnd(text, from);
    if (end - from === length) {
      return { start, end, value: unpadded(text.slice(inner, from)) };
    }
    from = text.indexOf('`', end);
  }
  return null;
}

function runEnd(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === BACKTICK) {
    at += 1;
  }
  return at;
}

/** Removes one space on either side, which only separates backticks. */
function unpadded(value: string): string {
  const padded = value.startsWith(' ') && value.endsWith(' ') && value.trim() !== '';
  return padded ? value.slice(1, -1) : value;
}
