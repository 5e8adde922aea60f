/** The bullet or number of a simple list item. */
export interface Bullet {
  /** Offset of the text after the bullet and its spaces. */
  readonly content: number;
  /** The bullet such as `-`, or the delimiter after a number. */
  readonly sign: string;
  /** `null` for a bullet. */
  readonly number: string | null;
}

const BULLET = /(?:([-*+])|(\d{1,9})([.)])) {1,4}(?=[^ \t\r\n])/y;

/** Returns the bullet or number at an offset; `null` unless an item with text starts there. */
export function bulletAt(text: string, at: number): Bullet | null {
  BULLET.lastIndex = at;
  const found = BULLET.exec(text);
  if (found === null) {
    return null;
  }
  const [, sign, number = null, delimiter = ''] = found;
  return { content: BULLET.lastIndex, sign: sign ?? delimiter, number };
}

const HEADING = /#{1,6}(?=[ \t\r\n]|$)/y;

/** Returns the level of the heading that starts at an offset; 0 without a heading. */
export function headingAt(text: string, at: number): number {
  HEADING.lastIndex = at;
  return HEADING.exec(text)?.[0].length ?? 0;
}

const ORDERED = /\d{1,9}[.)](?=[ \t\r\n]|$)/y;
/** Characters that may start quotations, HTML, rules, underlines of headings and lists. */
const BLOCKS = /^[><=+-]/;
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const STAR_BULLET = /^\*(?:[ \t]|$)/;

/** Whether the text from `at` to `end`, the end of its line, can only be a paragraph. */
export function isText(text: string, at: number, end: number): boolean {
  const unit = text.charCodeAt(at);
  // Mostly letters.
  if (unit > 0x40 && unit !== 0x5f && unit !== 0x60 && unit !== 0x7e) {
    return true;
  }
  if (unit < 0x20) {
    return false;
  }
  if (unit >= 0x30 && unit <= 0x39) {
    ORDERED.lastIndex = at;
    return !ORDERED.test(text);
  }
  const line = text.slice(at, end);
  if (BLOCKS.test(line) || STAR_BULLET.test(line) || RULE.test(line)) {
    return false;
  }
  return headingAt(text, at) === 0 && !line.startsWith('```') && !line.startsWith('~~~');
}

const NEXT = /\n(?=[-*+] \[[ xX]\] \S)|\n[ \t]*\r?\n(?=[^\s\d<*+-])/g;
const BOXED = /[-*+] \[[ xX]\] \S/y;

/**
 * Whether a line starts a top-level block regardless of the text before it, except inside HTML and fenced code: an item
 * without indentation, or, after a blank line (`afterBlank`), a paragraph without indentation.
 */
export function isRestartPoint(text: string, at: number, afterBlank: boolean): boolean {
  if (afterBlank && /[^\s\d<*+-]/.test(text.charAt(at))) {
    return true;
  }
  BOXED.lastIndex = at;
  return BOXED.test(text);
}

/** Returns the offset of the first such line after `from`, or the end of the text. */
export function nextRestartPoint(text: string, from: number): number {
  NEXT.lastIndex = from;
  return NEXT.exec(text) === null ? text.length : NEXT.lastIndex;
}
