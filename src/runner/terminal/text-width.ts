import stringWidth from 'string-width';

/**
 * Columns that `text` takes in a terminal: two for East Asian characters and emoji, none for combining marks, control
 * characters and escape sequences. Callers pass text through `visible` first, which leaves neither of the last two.
 */
export function textWidth(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text);
}

/** The characters of `text` as people see them (grapheme clusters): a family emoji is one, a letter with its accent too. */
export function graphemes(text: string): string[] {
  return NARROW.test(text)
    ? Array.from(text)
    : Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

/**
 * Text whose every UTF-16 unit is a character of its own and takes one column: ASCII, Latin, Greek, Cyrillic, dashes,
 * quotes and lines. The first other character costs a process about 20 ms, for the tables of Unicode.
 */
export const NARROW =
  /^[ -~\u00A1-\u00AC\u00AE-\u02FF\u0370-\u0377\u0400-\u0482\u2010-\u2027\u2500-\u257F]*$/;

/** Cuts `text` into pieces of at most `columns` columns, at blanks where possible. A single cluster may be wider. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  let blankAt = -1;
  for (const character of graphemes(text)) {
    const own = textWidth(character);
    if (width + own > columns && line !== '') {
      const cut = blankAt > 0 ? blankAt : line.length;
      lines.push(line.slice(0, cut));
      line = line.slice(cut).trimStart();
      width = textWidth(line);
      blankAt = -1;
    }
    if (character === ' ') {
      blankAt = line.length;
    }
    line += character;
    width += own;
  }
  return [...lines, line];
}

/** At most `columns` columns; `…` replaces what does not fit. */
export function fit(text: string, columns: number): string {
  return textWidth(text) <= columns ? text : `${firstColumns(text, columns - 1)}…`;
}

/** The longest beginning of `text` that takes at most `columns` columns. */
export function firstColumns(text: string, columns: number): string {
  let kept = '';
  let width = 0;
  for (const character of graphemes(text)) {
    width += textWidth(character);
    if (width > columns) {
      break;
    }
    kept += character;
  }
  return kept;
}

/** The longest end of `text` that takes at most `columns` columns. */
export function lastColumns(text: string, columns: number): string {
  let kept = '';
  let width = 0;
  for (const character of graphemes(text).toReversed()) {
    width += textWidth(character);
    if (width > columns) {
      break;
    }
    kept = character + kept;
  }
  return kept;
}
