import { shortened } from '../../shared/words/text.ts';

/** UTF-16 units. The journal keeps these texts, rows show them and agents get them in prompts. */
const MOST_OF_A_SENTENCE = 600;
const MOST_OF_AN_OUTPUT = 3_000;
const MOST_LINES = 40;

// Built from its code, to keep control characters out of the source: colours, links, cursor movements.
const ESCAPE = String.fromCharCode(27);
const SEQUENCE = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07${ESCAPE}]*(?:\\x07|${ESCAPE}\\\\))`,
  'g',
);

/** Returns one sentence on one line, at most 600 UTF-16 units, without control characters: agents choose its text. */
export function sentence(text: string): string {
  const line = text
    .slice(0, 4 * MOST_OF_A_SENTENCE)
    .replace(SEQUENCE, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return shortened(line, MOST_OF_A_SENTENCE);
}

/**
 * Returns the last lines of a program's output, for a person and for the agent that repairs it; empty if there are
 * none.
 */
export function endOfOutput(output: string): string {
  const lines = output
    .slice(-4 * MOST_OF_AN_OUTPUT)
    .replace(SEQUENCE, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\n\s*\n(?:\s*\n)+/g, '\n\n')
    .trim()
    .split('\n')
    .slice(-MOST_LINES)
    .join('\n');
  return lines.length <= MOST_OF_AN_OUTPUT
    ? lines
    : `…${lines.slice(1 - MOST_OF_AN_OUTPUT).replace(/^[\uDC00-\uDFFF]/, '')}`;
}
