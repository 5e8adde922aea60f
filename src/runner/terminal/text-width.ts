/** Columns that `text` takes in a terminal: two for East Asian and emoji, none for marks on other characters. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    width += characterWidth(character);
  }
  return width;
}

/** Cuts `text` into pieces of at most `columns` columns, at blanks where there are any. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  let blankAt = -1;
  for (const character of text) {
    const own = characterWidth(character);
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

/** At most `columns` columns; what is cut off is shown by `…`. */
export function fit(text: string, columns: number): string {
  if (textWidth(text) <= columns) {
    return text;
  }
  let kept = '';
  let width = 1;
  for (const character of text) {
    width += characterWidth(character);
    if (width > columns) {
      break;
    }
    kept += character;
  }
  return `${kept}…`;
}

const MARK = /^(?:\p{M}|\p{Cf}|\uFE0F)$/u;
const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]$/u;

function characterWidth(character: string): number {
  if (character >= ' ' && character <= '~') {
    return 1;
  }
  if (MARK.test(character)) {
    return 0;
  }
  return WIDE.test(character) ? 2 : 1;
}
