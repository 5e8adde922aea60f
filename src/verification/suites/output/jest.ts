import type { TestFailure } from '../../../shared/view-models/group-views.ts';
import {
  countOf,
  linesOf,
  nextText,
  NO_TESTS_FAILURE,
  report,
  testFailure,
  type TestParser,
} from '../reports/test-report.ts';

/** Jest's closing lines: `Tests:       1 failed, 1 skipped, 2 passed, 4 total`. */
export const parseJest: TestParser = (output) => {
  const tests = linesOf(output, /^Tests: +.*\d+ total$/gm);
  const suites = linesOf(output, /^Test Suites: +.*\d+ total$/gm);
  if (suites === '') {
    return /^No tests found/m.test(output) ? NO_TESTS_FAILURE : null;
  }
  const ran = {
    passed: countOf(tests, 'passed'),
    failed: countOf(tests, 'failed'),
    skipped: countOf(tests, 'skipped') + countOf(tests, 'todo'),
  };
  // A suite that failed to load has no tests that could fail.
  const failed = Math.max(ran.failed, countOf(suites, 'failed'));
  return report({ ...ran, failed }, jestFailures(output));
};

/** Parses `● cart › removes`; long runs repeat it in a summary, and notes such as `● Console` have the same mark. */
function jestFailures(output: string): TestFailure[] {
  const lines = output.split('\n');
  const found = new Map<string, TestFailure>();
  let suite = '';
  lines.forEach((line, index) => {
    suite = /^\s*FAIL\s+(\S+)/.exec(line)?.[1] ?? suite;
    const title = /^ {2}● (.+)$/.exec(line)?.[1];
    if (title === undefined || title === 'Console') {
      return;
    }
    const name = title === 'Test suite failed to run' ? `${suite}: ${title}` : title;
    if (!found.has(name)) {
      found.set(name, testFailure(name, nextText(lines, index + 1)));
    }
  });
  return [...found.values()];
}
