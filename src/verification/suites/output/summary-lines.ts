import {
  NO_TESTS_FAILURE,
  report,
  type TestParser,
  type TestReport,
} from '../reports/test-report.ts';

/**
 * Runners whose closing line has all counts: as named groups, summed over all matches. `total` is set where a runner
 * counts the tests that ran instead of those that passed.
 */
const SUMMARIES: readonly RegExp[] = [
  // dotnet test, then its terminal logger
  /^(?:Passed|Failed|Skipped)! +- Failed: +(?<failed>\d+), Passed: +(?<passed>\d+), Skipped: +(?<skipped>\d+)/gm,
  /^Test summary: total: (?<total>\d+); failed: (?<failed>\d+); succeeded: \d+; skipped: (?<skipped>\d+)/gm,
  // Maven Surefire: the line without a time is the sum of the others
  /^(?:\[\w+\] )?Tests run: (?<total>\d+), Failures: (?<failed>\d+), Errors: (?<errors>\d+), Skipped: (?<skipped>\d+)$/gm,
  // Gradle, only if some failed
  /^(?<total>\d+) tests? completed, (?<failed>\d+) failed(?:, (?<skipped>\d+) skipped)?$/gm,
  // RSpec
  /^(?<total>\d+) examples?, (?<failed>\d+) failures?(?:, (?<skipped>\d+) pending)?(?:, (?<errors>\d+) errors? occurred.*)?$/gm,
  // Minitest
  /^(?<total>\d+) (?:runs|tests), \d+ assertions, (?<failed>\d+) failures, (?<errors>\d+) errors, (?<skipped>\d+) (?:skips|pendings).*$/gm,
  // ExUnit
  /^(?:\d+ doctests?, )?(?<total>\d+) tests?, (?<failed>\d+) failures?(?:, \d+ excluded)?(?:, \d+ invalid)?(?:, (?<skipped>\d+) skipped)?$/gm,
  // PHPUnit: all passed, else the counts
  /^OK \((?<total>\d+) tests?, \d+ assertions?\)$/gm,
  /^Tests: (?<total>\d+), Assertions: \d+(?=(?:.*, Errors: (?<errors>\d+))?)(?=(?:.*, Failures: (?<failed>\d+))?)(?=(?:.*, Skipped: (?<skipped>\d+))?).*\.$/gm,
  // Deno
  /^(?:ok|FAILED) \| (?<passed>\d+) passed(?: \(\d+ steps?\))? \| (?<failed>\d+) failed(?: \(\d+ steps?\))?(?: \| (?<skipped>\d+) ignored)?/gm,
  // Python's unittest
  /^Ran (?<total>\d+) tests? in [\d.]+s\n\n(?:OK|FAILED|NO TESTS RAN)(?: \((?:failures=(?<failed>\d+))?(?:, )?(?:errors=(?<errors>\d+))?(?:, )?(?:skipped=(?<skipped>\d+))?.*\))?$/gm,
];

const NOTHING_FOUND =
  /^(?:NO TESTS RAN|No tests executed!|error: No test modules found|No test is available in .*)$/m;

/** dotnet, Maven, Gradle, RSpec, Minitest, ExUnit, PHPUnit, Deno, unittest: only counts, no names. */
export const parseSummaryLine: TestParser = (output) => {
  if (NOTHING_FOUND.test(output)) {
    return NO_TESTS_FAILURE;
  }
  for (const pattern of SUMMARIES) {
    const matches = [...output.matchAll(pattern)].map(({ groups }) => groups ?? {});
    if (matches.length > 0) {
      return addUp(matches);
    }
  }
  return null;
};

function addUp(matches: readonly Readonly<Record<string, string | undefined>>[]): TestReport {
  const sum = (name: string) =>
    matches.reduce((total, groups) => total + Number(groups[name] ?? 0), 0);
  const failed = sum('failed') + sum('errors');
  const skipped = sum('skipped');
  const passed = sum('passed') + Math.max(0, sum('total') - failed - skipped);
  return report(
    { passed: matches[0]?.total === undefined ? sum('passed') : passed, failed, skipped },
    [],
  );
}
