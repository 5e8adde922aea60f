import type { TestFailure } from '../../../shared/view-models/group-views.ts';

/** How many tests ran and how they ended; `total` and `passed` are `null` where a runner does not say. */
export interface TestCounts {
  readonly kind: 'counts';
  /** Skipped ones included. */
  readonly total: number | null;
  readonly passed: number | null;
  readonly failed: number;
  /** The failed ones by name, as far as they are named, at most 500. */
  readonly failures: readonly TestFailure[];
}

/** The runner found no tests; `explainsFailure`: it says that a code other than 0 is because of that. */
export interface NoTests {
  readonly kind: 'none';
  readonly explainsFailure: boolean;
}

export type TestReport = TestCounts | NoTests;

/** Reads what one kind of test runner prints (without colours, lines end with `\n`); `null` where it is another's. */
export type TestParser = (output: string) => TestReport | null;

/** So many are told apart from those that failed before; of these, the first have their messages. */
const MOST_FAILURES = 500;
const MOST_MESSAGES = 50;
const MESSAGE_LENGTH = 300;

/** No tests, in a run that is a success by itself. */
export const NO_TESTS: NoTests = { kind: 'none', explainsFailure: false };
/** No tests, and that is why the runner ends with a code other than 0. */
export const NO_TESTS_FAILURE: NoTests = { kind: 'none', explainsFailure: true };

/** Counts as a report: none of anything is "no tests". */
export function report(
  { passed, failed, skipped }: { passed: number; failed: number; skipped: number },
  failures: readonly TestFailure[],
): TestReport {
  const total = passed + failed + skipped;
  if (total === 0) {
    return NO_TESTS;
  }
  return counted({ total, passed, failed, failures });
}

/** What several reports of one run say together: what one of them does not count stays unknown. */
export function addReports(reports: readonly TestReport[]): TestReport | null {
  const counts = reports.filter((each) => each.kind === 'counts');
  if (counts.length === 0) {
    return reports[0] ?? null;
  }
  const sum = (of: (each: TestCounts) => number | null) =>
    counts.reduce<number | null>((total, each) => {
      const count = of(each);
      return total === null || count === null ? null : total + count;
    }, 0);
  return counted({
    total: sum(({ total }) => total),
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed) ?? 0,
    failures: counts.flatMap(({ failures }) => failures),
  });
}

/** Counts as they are, with each failure once: some runners repeat them at the end. */
export function counted(counts: Omit<TestCounts, 'kind'>): TestCounts {
  const byName = new Map(counts.failures.toReversed().map((each) => [each.name, each]));
  const failures = [...byName.values()]
    .reverse()
    .slice(0, MOST_FAILURES)
    .map((each, place) => (place < MOST_MESSAGES ? each : { ...each, message: '' }));
  return { kind: 'counts', ...counts, failures };
}

/** A failed test; the message on one line, at most 300 characters of it. */
export function testFailure(name: string, message: string): TestFailure {
  const line = message
    .slice(0, 4 * MESSAGE_LENGTH)
    .replace(/\s+/g, ' ')
    .trim();
  const short =
    line.length > MESSAGE_LENGTH
      ? `${line.slice(0, MESSAGE_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
      : line;
  return { name: name.replace(/\s+/g, ' ').trim(), message: short };
}

/** The sum of the first group of every match, 0 where there is none. */
export function sumOf(output: string, pattern: RegExp): number {
  return [...output.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1] ?? 0), 0);
}

/** The next line from `start` on that is not blank, trimmed; empty where there is none within ten lines. */
export function nextText(lines: readonly string[], start: number): string {
  return (
    lines
      .slice(start, start + 10)
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  );
}
