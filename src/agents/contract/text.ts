/** The longest text of a step, in UTF-16 units; the whole of it is in `output.log`. */
const STEP_LENGTH = 300;

// Built from its code, as a source file is no place for a control character: CSI sequences, such as colours.
const CSI = new RegExp(`${String.fromCharCode(27)}\\[[0-?]*[ -/]*[@-~]`, 'g');

/** Text on one line, without colours: runs of white space become one blank, and what is too long ends in `…`. */
export function oneLine(text: string, length: number = STEP_LENGTH): string {
  // Cut first: the text may be megabytes.
  const line = text
    .slice(0, 4 * length)
    .replace(CSI, '')
    .replace(/\s+/g, ' ')
    .trim();
  return clip(line, length);
}

/** At most `length` UTF-16 units, never half a character. */
export function clip(text: string, length: number): string {
  return text.length <= length
    ? text
    : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
