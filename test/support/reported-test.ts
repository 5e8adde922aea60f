/** Returns a failed or retried test with its reason, in several lines, as `npm test` prints it at its end. */
export function reportedTest(what: 'failed' | 'tried again', title: string, why: string): string {
  const sign = what === 'failed' ? '✖' : '↻';
  return `${sign} ${what}: ${title}\n${why.replace(/^/gm, '    ')}`;
}
