/** Returns the text on one line: replaces white space, including line ends, by single spaces. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Shortens a text to `maxLength` characters (UTF-16 units); a cut text ends in an ellipsis. */
export function shortened(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1).trimEnd()}…`;
}

/** Lists the first `count` names and the number of the others: `a, b and 3 more`. */
export function firstOf(names: readonly string[], count: number): string {
  const more = names.length - count;
  return names.slice(0, count).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
