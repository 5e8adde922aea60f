import {
  type CodeSpan,
  moveSpan,
  type Span,
} from '../../../coordinator/plan/markers/marked-text.ts';
import { type FoundSpans, scanInline } from './scan-inline.ts';

/** The parts of a Markdown text that are inline code, and those that are not text. */
export interface TextSpans {
  readonly code: readonly CodeSpan[];
  readonly hidden: readonly Span[];
}

const NONE: TextSpans = { code: [], hidden: [] };
/** A text without any of these is plain. Searched one by one, which is faster than a regular expression. */
const MARKDOWN_SIGNS = ['`', '<', '~~~', '](', ']:', '\n    ', '     ', '\t'];
/**
 * A link reference definition: with one, any `[…]` in the text can be a link. The pattern finds all definitions, with
 * some false positives.
 */
const DEFINITION = /^(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])[ \t]+)*\[(?:[^[\]\\]|\\.){1,999}\]:/m;

/** Whether a text may contain link reference definitions. */
export function mayDefineLinks(text: string): boolean {
  return text.includes(']:') && DEFINITION.test(text);
}

/** The result of parsing a part of a text. */
export interface ParsedSpans extends TextSpans {
  /** Whether the last block may continue after the part: unclosed code or HTML. */
  readonly open: boolean;
}

/**
 * Finds the parts of a text that are inline code, and those that are not text. Scans line by line, which is enough for
 * most texts; more complex parts go through `parse`, which finds the same spans but is a hundred times slower.
 */
export function textSpans(text: string, parse: (part: string) => ParsedSpans): TextSpans {
  if (!text.startsWith(' ') && !MARKDOWN_SIGNS.some((sign) => text.includes(sign))) {
    return NONE;
  }
  // A lone carriage return ends a line as well, but is too rare for the fast path.
  if (text.includes('\r') && /\r(?!\n)/.test(text)) {
    return parse(text);
  }
  if (mayDefineLinks(text)) {
    return parse(text);
  }
  const scan = new LineScan(text);
  let start = 0;
  let part = 0;
  while (start < text.length) {
    if (scan.mayBegin(start)) {
      part = scan.begin(start);
    }
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    if (scan.line(start, text.charAt(end - 1) === '\r' ? end - 1 : end)) {
      start = end + 1;
      continue;
    }
    start = nextPart(text, end);
    let parsed = parse(text.slice(part, start));
    if (parsed.open) {
      start = text.length;
      parsed = parse(text.slice(part));
    }
    scan.replace(part, parsed);
  }
  return scan.end();
}

/**
 * After an empty line, a line without indentation ends all preceding lists and quotations. The pattern excludes lines
 * that may begin a list or HTML: while the parser is still in indented code, it reads some of them as text.
 */
const NEXT_PART = /\n[ \t]*\r?\n(?=[^\s\d<*+-])/g;

function nextPart(text: string, from: number): number {
  NEXT_PART.lastIndex = from;
  return NEXT_PART.exec(text) === null ? text.length : NEXT_PART.lastIndex;
}

const FENCE = /^( {0,3})(?:(`{3,})[^`]*|(~{3,}).*)$/;
const CLOSING = /^([ \t]*)(`{3,}|~{3,})[ \t]*$/;
/** A line without any of these is text, or code in which nothing is searched. */
const INTERESTING = /[[`<~]/;
/** Markers without any of these characters; in a text with such a marker, `EVEN_RARE` replaces `INTERESTING`. */
const RARE = /\(\s*depends|\*\*file|P:Group-/i;
const EVEN_RARE = /[[`<~(*:]/;
/** A fence or a quotation that may be in a list item, or code that may follow a bullet. */
const NEEDS_CONTEXT =
  /^[ \t]*>|^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:```|~~~)|[-*+.)](?: {5}|[ ]*\t)/;
const INDENTED = /^(?: {4}| {0,3}\t)/;
const BULLETS = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*/;
const WORDS = /^(?:[^\s#=\-*_+>~<]|\*\*[^\s*])/;
const BULLET = /^(?:[-*+]|\d{1,9}[.)])$/;

interface Fence {
  readonly start: number;
  readonly mark: string;
  readonly indent: string;
}

class LineScan {
  readonly #text: string;
  readonly #found: FoundSpans = { code: [], hidden: [] };
  readonly #interesting: RegExp;
  #fence: Fence | null = null;
  /** The previous line if the current one may continue its paragraph; otherwise empty. */
  #previous = '';
  #afterBlank = true;
  #partStart = { code: 0, hidden: 0 };

  constructor(text: string) {
    this.#text = text;
    this.#interesting = RARE.test(text) ? EVEN_RARE : INTERESTING;
  }

  /** Whether a part may begin at this line, because no earlier block can continue in it. */
  mayBegin(start: number): boolean {
    return this.#fence === null && this.#afterBlank && /[^\s\d<*+-]/.test(this.#text.charAt(start));
  }

  /** Begins a part at `start` and returns it; `replace` discards the spans that are found from here on. */
  begin(start: number): number {
    this.#partStart = { code: this.#found.code.length, hidden: this.#found.hidden.length };
    return start;
  }

  /** Replaces the spans of the current part, which begins at `offset`, with those that parsing found. */
  replace(offset: number, { code, hidden }: TextSpans): void {
    this.#found.code.length = this.#partStart.code;
    this.#found.hidden.length = this.#partStart.hidden;
    for (const span of code) {
      this.#found.code.push({ ...span, ...moveSpan(span, offset) });
    }
    for (const span of hidden) {
      this.#found.hidden.push(moveSpan(span, offset));
    }
    this.#fence = null;
    this.#previous = '';
    this.#afterBlank = true;
  }

  /** Scans one line; `false` if the line needs parsing. */
  line(start: number, end: number): boolean {
    const line = this.#text.slice(start, end);
    if (this.#fence !== null) {
      return this.#fenceLine(this.#fence, line, end);
    }
    this.#afterBlank = line.trim() === '';
    const plain = !this.#interesting.test(line);
    if (!plain && (line.includes('```') || line.includes('~~~'))) {
      const [all, indent = '', ticks, tildes] = FENCE.exec(line) ?? [];
      if (all !== undefined) {
        this.#fence = { start, indent, mark: ticks ?? tildes ?? '' };
        return true;
      }
    }
    return this.#textLine(line, start, end, plain);
  }

  /** Ends the scan and returns all spans. */
  end(): TextSpans {
    if (this.#fence !== null) {
      this.#close(this.#text.length);
    }
    return this.#found;
  }

  #close(end: number): void {
    if (this.#fence !== null) {
      this.#found.hidden.push({ start: this.#fence.start, end });
    }
    this.#fence = null;
    this.#previous = '';
  }

  /**
   * Scans a line of fenced code; `false` if the line needs parsing. An indented fence may be in a list item, which a
   * less indented line would end. A fence without indentation is in none, so that only its closing fence ends it.
   */
  #fenceLine({ indent, mark }: Fence, line: string, end: number): boolean {
    if (indent !== '' && line.trim() !== '' && !line.startsWith(indent)) {
      return false;
    }
    const [, before = '', closing = ''] = CLOSING.exec(line) ?? [];
    if (!closing.startsWith(mark)) {
      return true;
    }
    if (!/^ {0,3}$/.test(before)) {
      return indent === '';
    }
    this.#close(end);
    return true;
  }

  #textLine(line: string, start: number, end: number, plain: boolean): boolean {
    if (INDENTED.test(line) && !this.#inParagraph()) {
      this.#previous = '';
      return plain;
    }
    this.#previous = line;
    if (plain) {
      return true;
    }
    return !NEEDS_CONTEXT.test(line) && scanInline(this.#text, start, end, this.#found);
  }

  /** Whether the previous line is part of a paragraph, which indented code cannot interrupt. */
  #inParagraph(): boolean {
    if (NEEDS_CONTEXT.test(this.#previous)) {
      return false;
    }
    const rest = this.#previous.slice(BULLETS.exec(this.#previous)?.[0].length).trimEnd();
    return WORDS.test(rest) && !BULLET.test(rest);
  }
}
