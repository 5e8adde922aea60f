import * as z from 'zod/mini';

/** A test that failed, passed only when it was tried again, or was skipped, as `npm test` lists it at its end. */
export const ReportedTest = z.object({
  what: z.enum(['failed', 'tried again', 'skipped']),
  /** The full title of the test, or of the suite if all its tests were skipped for one reason. */
  title: z.string(),
  /** Number of tests that `title` stands for; a check that is no test counts as one. */
  tests: z.number(),
  /** May have several lines. */
  why: z.string(),
});

export type ReportedTest = z.infer<typeof ReportedTest>;

const SIGNS = { failed: '✖', 'tried again': '↻', skipped: '-' } as const;

/** Returns a test with its reason, in several lines. */
export function printed({ what, title, tests, why }: ReportedTest): string {
  const name = tests === 1 ? title : `${tests} tests of ${title}`;
  return `${SIGNS[what]} ${what}: ${name}\n${why.replace(/^(?=.)/gm, '    ')}`;
}
