// The last lines of `npm test` and of `.ci/run`: what failed, was tried again or was skipped, and the totals.
import { printed } from '../test/support/reported-test.ts';
import type { Totals } from './totals.ts';

/** Returns the totals of several steps; their reports by kind, the worst first. */
export function addUp(all: readonly Totals[]): Totals {
  const sum = (key: Exclude<keyof Totals, 'reports'>): number =>
    all.reduce((total, each) => total + each[key], 0);
  const reports = all.flatMap((each) => each.reports);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    triedAgain: sum('triedAgain'),
    reports: (['failed', 'tried again', 'skipped'] as const).flatMap((kind) =>
      reports.filter(({ what }) => what === kind),
    ),
  };
}

/** Returns the totals in one line. */
export function counts({ passed, failed, skipped, triedAgain }: Omit<Totals, 'reports'>): string {
  const rest = [
    [skipped, 'skipped'],
    [triedAgain, 'tried again'],
  ] as const;
  const more = rest.filter(([count]) => count > 0).map(([count, what]) => `, ${count} ${what}`);
  return `${passed} passed, ${failed} failed${more.join('')}`;
}

/** Returns the last lines: every report, `notes` about the whole run, and the totals as the last line. */
export function lastLines(totals: Totals, notes: readonly string[] = []): string {
  return [...totals.reports.map(printed), ...notes, counts(totals)].join('\n\n');
}
