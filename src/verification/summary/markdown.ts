const MOST_LINES = 60;
const MOST_LINE_CHARACTERS = 200;

/** Returns a heading with its section. */
export function section(title: string, body: string): string {
  return `## ${title}\n\n${body}\n`;
}

/**
 * Returns foreign text verbatim, at most 60 lines of it; `null` if there is none. The fence is longer than any in the
 * text, so that a commit message cannot pass for our text.
 */
export function codeBlock(text: string): string | null {
  const lines = text.replace(/\s+$/, '').split('\n');
  if (lines.length === 1 && lines[0] === '') {
    return null;
  }
  const shown = lines.slice(0, MOST_LINES).map((line) => line.slice(0, MOST_LINE_CHARACTERS));
  const more = lines.length - shown.length;
  if (more > 0) {
    shown.push(`… and ${more} more ${more === 1 ? 'line' : 'lines'}`);
  }
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${shown.join('\n')}\n${fence}`;
}

/** Returns foreign text for use within a line of our own. */
export function inline(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, MOST_LINE_CHARACTERS);
}
