import {
  type CodeSpan,
  moveSpan,
  type Span,
} from '../../../coordinator/plan/markers/marked-text.ts';
import { type FoundSpans, scanInline } from './scan-inline.ts';

/** What in a Markdown text is inline code, and what is no text at all. */
export interface TextSpans {
  readonly code: readonly CodeSpan[];
  readonly hidden: readonly Span[];
}

const NONE: TextSpans = { code: [], hidden: [] };
/** Without any of these all of a text is text; looked for one by one, which is faster than a pattern. */
const MARKDOWN = ['`', '<', '~~~', '](', ']:', '\n    ', '     ', '\t'];
/**
 * A link's target that is defined apart from it: then any `[…]` in the text can be a link. The pattern finds all that are
 * definitions, and some that are none.
 */
const DEFINITION = /^(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])[ \t]+)*\[(?:[^[\]\\]|\\.){1,999}\]:/m;

/** Whether a text may define targets for links elsewhere in it. */
export function mayDefineLinks(text: string): boolean {
  return text.includes(']:') && DEFINITION.test(text);
}

/** What parsing a part of a text finds. */
export interface ParsedSpans extends TextSpans {
  /** Whether its last block may go on behind it: code or HTML that nothing has closed. */
  readonly open: boolean;
}

/**
 * Finds what in a text is inline code, and what is no text. Most of it is no more complicated than a look at each line can
 * tell; parts that are go through `parse`, which finds the same and takes a hundred times as long.
 */
export function textSpans(text: string, parse: (part: string) => ParsedSpans): TextSpans {
  if (!text.startsWith(' ') && !MARKDOWN.some((sign) => text.includes(sign))) {
    return NONE;
  }
  // A lone carriage return ends a line as well; nobody writes them any more.
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
 * Behind an empty line, a line without indentation ends all lists and quotations before it. The parser may still hold on
 * to indented code, though, which is why it takes some of what begins a list or HTML for text there.
 */
const NEXT_PART = /\n[ \t]*\r?\n(?=[^\s\d<*+-])/g;

function nextPart(text: string, from: number): number {
  NEXT_PART.lastIndex = from;
  return NEXT_PART.exec(text) === null ? text.length : NEXT_PART.lastIndex;
}

const FENCE = /^( {0,3})(?:(`{3,})[^`]*|(~{3,}).*)$/;
const CLOSING = /^([ \t]*)(`{3,}|~{3,})[ \t]*$/;
/** A line without any of these is text, or code that nothing would be looked for in. */
const INTERESTING = /[[`<~]/;
/** Markers that have none of them; where a text has one of these, its lines are looked at more closely. */
const RARE = /\(\s*depends|\*\*file|P:Group-/i;
const EVEN_RARE = /[[`<~(*:]/;
/** A fence or a quotation that may be in a list item, code that may follow a bullet. */
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
  /** The line before, as far as this one may go on with its paragraph. */
  #before = '';
  #behindBlank = true;
  #kept = { code: 0, hidden: 0 };

  constructor(text: string) {
    this.#text = text;
    this.#interesting = RARE.test(text) ? EVEN_RARE : INTERESTING;
  }

  /** Whether nothing of what is before this line can go on in it. */
  mayBegin(start: number): boolean {
    return (
      this.#fence === null && this.#behindBlank && /[^\s\d<*+-]/.test(this.#text.charAt(start))
    );
  }

  /** What is found from here on can be replaced. */
  begin(start: number): number {
    this.#kept = { code: this.#found.code.length, hidden: this.#found.hidden.length };
    return start;
  }

  /** Puts what was found by parsing, from `offset` on, in the place of what a look at the lines found there. */
  replace(offset: number, { code, hidden }: TextSpans): void {
    this.#found.code.length = this.#kept.code;
    this.#found.hidden.length = this.#kept.hidden;
    for (const span of code) {
      this.#found.code.push({ ...span, ...moveSpan(span, offset) });
    }
    for (const span of hidden) {
      this.#found.hidden.push(moveSpan(span, offset));
    }
    this.#fence = null;
    this.#before = '';
    this.#behindBlank = true;
  }

  /** `false` where it needs a closer look. */
  line(start: number, end: number): boolean {
    const line = this.#text.slice(start, end);
    if (this.#fence !== null) {
      return this.#inFence(this.#fence, line, end);
    }
    this.#behindBlank = line.trim() === '';
    const plain = !this.#interesting.test(line);
    if (!plain && (line.includes('```') || line.includes('~~~'))) {
      const [all, indent = '', ticks, tildes] = FENCE.exec(line) ?? [];
      if (all !== undefined) {
        this.#fence = { start, indent, mark: ticks ?? tildes ?? '' };
        return true;
      }
    }
    return this.#words(line, start, end, plain);
  }

  /** All that was found. */
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
    this.#before = '';
  }

  /**
   * An indented fence may be in a list item, which would end with a line that is indented less. Without indentation it is
   * in none, and nothing but its own closing ends it.
   */
  #inFence({ indent, mark }: Fence, line: string, end: number): boolean {
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

  #words(line: string, start: number, end: number, plain: boolean): boolean {
    if (INDENTED.test(line) && !this.#inParagraph()) {
      this.#before = '';
      return plain;
    }
    this.#before = line;
    if (plain) {
      return true;
    }
    return !NEEDS_CONTEXT.test(line) && scanInline(this.#text, start, end, this.#found);
  }

  /** Indented code cannot interrupt a paragraph. */
  #inParagraph(): boolean {
    if (NEEDS_CONTEXT.test(this.#before)) {
      return false;
    }
    const rest = this.#before.slice(BULLETS.exec(this.#before)?.[0].length).trimEnd();
    return WORDS.test(rest) && !BULLET.test(rest);
  }
}
