/** A test and why it failed, several lines, as `npm test` tells it at its end. */
export function reportedTest(what: 'failed' | 'tried again', title: string, why: string): string {
  const sign = what === 'failed' ? '✖' : '↻';
  return `${sign} ${what}: ${title}\n${why.replace(/^/gm, '    ')}`;
}
