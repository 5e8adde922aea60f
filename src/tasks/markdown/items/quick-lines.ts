/** What a line of a simple list begins with, behind its indentation. */
export interface Bullet {
  /** Offset of what stands behind bullet and space. */
  readonly content: number;
  /** The `-`, or of a number what stands behind it. */
  readonly sign: string;
  /** `null` for a bullet. */
  readonly number: string | null;
}

const BULLET = /(?:([-*+])|(\d{1,9})([.)])) {1,4}(?=[^ \t\r\n])/y;

/** The bullet or number at an offset, if an item with text begins there. */
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

/** The level of the heading that begins at an offset; 0 where none does. */
export function headingAt(text: string, at: number): number {
  HEADING.lastIndex = at;
  return HEADING.exec(text)?.[0].length ?? 0;
}

const ORDERED = /\d{1,9}[.)](?=[ \t\r\n]|$)/y;
/** What may begin quotations, HTML, rules, underlines of headings and lists. */
const BLOCKS = /^[><=+-]/;
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const BULLET_AGAIN = /^\*(?:[ \t]|$)/;

/** Whether what begins at an offset (`end`: of its line) can be nothing but words. */
export function isText(text: string, at: number, end: number): boolean {
  const unit = text.charCodeAt(at);
  // Letters, above all.
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
  if (BLOCKS.test(line) || BULLET_AGAIN.test(line) || RULE.test(line)) {
    return false;
  }
  return headingAt(text, at) === 0 && !line.startsWith('```') && !line.startsWith('~~~');
}

const NEXT = /\n(?=[-*+] \[[ xX]\] \S)|\n[ \t]*\r?\n(?=[^\s\d<*+-])/g;
const BOXED = /[-*+] \[[ xX]\] \S/y;

/**
 * Whether a line begins with nothing around it whatever stands before it, HTML and fenced code apart: an item that is not
 * indented, or (`behindBlank`) words that are not.
 */
export function beginsAnew(text: string, at: number, behindBlank: boolean): boolean {
  if (behindBlank && /[^\s\d<*+-]/.test(text.charAt(at))) {
    return true;
  }
  BOXED.lastIndex = at;
  return BOXED.test(text);
}

/** The first such line behind an offset, or the end of the text. */
export function nextBeginning(text: string, from: number): number {
  NEXT.lastIndex = from;
  return NEXT.exec(text) === null ? text.length : NEXT.lastIndex;
}
