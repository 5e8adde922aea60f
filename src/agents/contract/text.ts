import { shortened } from '../../shared/words/text.ts';

/** The longest text of a step, in UTF-16 units. `output.log` has the whole text. */
const STEP_LENGTH = 300;

// CSI sequences, such as colors. The expression is built from a character code to keep control characters out of the source.
const CSI = new RegExp(`${String.fromCharCode(27)}\\[[0-?]*[ -/]*[@-~]`, 'g');

/** A terminal's text on one line, without colors: white space becomes single spaces, and a text that is cut ends in `…`. */
export function plainLine(text: string, length: number = STEP_LENGTH): string {
  // Cut first: the text may be megabytes.
  const line = text
    .slice(0, 4 * length)
    .replace(CSI, '')
    .replace(/\s+/g, ' ')
    .trim();
  return shortened(line, length);
}
