/** A task's description, split from its acceptance criteria. */
export interface SplitDescription {
  readonly description: string;
  /** Includes the labels; empty if the task has no criteria. */
  readonly acceptance: string;
}

const LABELS = [
  ...['acceptance criteria', 'acceptance scenarios', 'acceptance tests', 'acceptance'],
  ...['definition of done', 'done when', 'success criteria', 'test strategy', 'independent test'],
].join('|');

/** `## Acceptance criteria`, `- Acceptance: …`, `**Done when**: …`, `Test strategy:` */
const LABEL = new RegExp(
  String.raw`^(\s*)(#{1,6}\s+|[-*+]\s+)?(?:\*\*|__)?(?:${LABELS})\s*(:?)\s*(?:\*\*|__)?\s*(:?)\s*(.*)$`,
  'i',
);
const HEADING = /^\s{0,3}(#{1,6})\s/;
/** The label of another part, alone on its line: `Notes:` */
const OTHER_LABEL = /^[^\s#>*+-][^:]{0,40}:\s*$/;

/**
 * Separates acceptance criteria from a description. It finds them below a heading, in a list item or after a label, as
 * people write them and as sources with separate fields include them.
 */
export function splitAcceptance(text: string): SplitDescription {
  const lines = text.split(/\r\n|\n|\r/);
  const kept: string[] = [];
  const taken: string[] = [];
  for (let at = 0; at < lines.length;) {
    const end = endOfAcceptance(lines, at);
    (end === at ? kept : taken).push(...lines.slice(at, Math.max(end, at + 1)));
    at = Math.max(end, at + 1);
  }
  return { description: tidy(kept), acceptance: tidy(taken) };
}

/** The line after the criteria that start at line `at`; `at` itself if none start there. */
function endOfAcceptance(lines: readonly string[], at: number): number {
  const found = LABEL.exec(lines[at] ?? '');
  if (found === null) {
    return at;
  }
  const [, indent = '', mark = '', inner = '', outer = '', behind = ''] = found;
  if (mark.startsWith('#')) {
    return behind === '' ? endWhere(lines, at, isHeadingUpTo(mark.trim().length)) : at;
  }
  if (inner === '' && outer === '') {
    return at;
  }
  if (mark !== '') {
    const isOutside = (line: string): boolean => line.trim() !== '' && depth(line) <= indent.length;
    return endWhere(lines, at, isOutside);
  }
  return behind === ''
    ? endWhere(lines, at, (line) => HEADING.test(line) || OTHER_LABEL.test(line))
    : endWhere(lines, at, (line) => line.trim() === '');
}

function endWhere(lines: readonly string[], at: number, isEnd: (line: string) => boolean): number {
  const more = lines.slice(at + 1).findIndex(isEnd);
  return more === -1 ? lines.length : at + 1 + more;
}

function isHeadingUpTo(level: number): (line: string) => boolean {
  return (line) => (HEADING.exec(line)?.[1]?.length ?? Infinity) <= level;
}

function depth(line: string): number {
  return line.search(/\S/);
}

function tidy(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\s+$/g, '');
}
