/** Returns the text on one line: replaces white space, including line ends, by single spaces. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Shortens a text to `maxLength` UTF-16 units; a cut text ends in an ellipsis. Splits no surrogate pair. */
export function shortened(text: string, maxLength: number): string {
  if (text.length <= maxLength) {
    return text;
  }
  const start = text.slice(0, maxLength - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${start.trimEnd()}…`;
}

/** Lists the first `count` names and the number of the others: `a, b and 3 more`. */
export function firstOf(names: readonly string[], count: number): string {
  const more = names.length - count;
  return names.slice(0, count).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
