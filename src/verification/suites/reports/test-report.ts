import type { TestFailure } from '../../../shared/view-models/group-views.ts';
import { oneLine, shortened } from '../../../shared/words/text.ts';

/**
 * The number of tests that ran and their results; `total` and `passed` are `null` if the runner does not print them.
 */
export interface TestCounts {
  readonly kind: 'counts';
  /** Includes skipped tests. */
  readonly total: number | null;
  readonly passed: number | null;
  readonly failed: number;
  /** The named failures, at most 500. */
  readonly failures: readonly TestFailure[];
}

/** The runner found no tests; `explainsFailure` if that is why it exits with a code other than 0. */
export interface NoTests {
  readonly kind: 'none';
  readonly explainsFailure: boolean;
}

export type TestReport = TestCounts | NoTests;

/**
 * Parses the output of one kind of test runner (without colours, lines end with `\n`); `null` if another runner wrote
 * it.
 */
export type TestParser = (output: string) => TestReport | null;

/** Failures that are compared with earlier ones; only the first 50 of them keep their messages. */
const MOST_FAILURES = 500;
const MOST_MESSAGES = 50;
const MESSAGE_LENGTH = 300;

/** No tests, in a run that succeeds. */
export const NO_TESTS: NoTests = { kind: 'none', explainsFailure: false };
/** No tests, in a run that exits with a code other than 0 for that reason. */
export const NO_TESTS_FAILURE: NoTests = { kind: 'none', explainsFailure: true };

/** Makes a report of counts; all counts zero means "no tests". */
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

/** Adds up several reports of one run: a count that one of them lacks stays unknown. */
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

/** Returns the counts with each failure once: some runners repeat them at the end. */
export function counted(counts: Omit<TestCounts, 'kind'>): TestCounts {
  const byName = new Map(counts.failures.toReversed().map((each) => [each.name, each]));
  const failures = [...byName.values()]
    .reverse()
    .slice(0, MOST_FAILURES)
    .map((each, place) => (place < MOST_MESSAGES ? each : { ...each, message: '' }));
  return { kind: 'counts', ...counts, failures };
}

/** Makes a failed test; the message is one line of at most 300 characters. */
export function testFailure(name: string, message: string): TestFailure {
  // Cut first: a message may be megabytes.
  const line = oneLine(message.slice(0, 4 * MESSAGE_LENGTH));
  return { name: oneLine(name), message: shortened(line, MESSAGE_LENGTH) };
}

/** Returns the sum of the first group over all matches, 0 if there are none. */
export function sumOf(output: string, pattern: RegExp): number {
  return [...output.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1] ?? 0), 0);
}

/** Returns the sum of the numbers before `word`, such as 3 for `3 failed`. */
export function countOf(output: string, word: string): number {
  return sumOf(output, new RegExp(`(\\d+) ${word}\\b`, 'g'));
}

/** Returns all lines that match, joined; empty if there are none. `pattern` has the flags `gm`. */
export function linesOf(output: string, pattern: RegExp): string {
  return (output.match(pattern) ?? []).join('\n');
}

/** Returns the next non-blank line from `start` on, trimmed; empty if the next ten lines have none. */
export function nextText(lines: readonly string[], start: number): string {
  return (
    lines
      .slice(start, start + 10)
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  );
}
