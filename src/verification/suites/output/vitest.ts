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

/** Vitest's closing lines: `Tests  1 failed | 3 passed | 1 skipped (5)`. */
export const parseVitest: TestParser = (output) => {
  const files = linesOf(output, /^ *Test Files {2,}.*(?:\(\d+\)|no tests)$/gm);
  const tests = linesOf(output, /^ *Tests {2,}.*(?:\(\d+\)|no tests)$/gm);
  if (files === '') {
    return /^No test files found/m.test(output) ? NO_TESTS_FAILURE : null;
  }
  const ran = {
    passed: countOf(tests, 'passed'),
    failed: countOf(tests, 'failed'),
    skipped: countOf(tests, 'skipped') + countOf(tests, 'todo'),
  };
  // A file that failed to load has no tests that could fail.
  const failed = Math.max(ran.failed, countOf(files, 'failed'));
  return report({ ...ran, failed }, vitestFailures(output));
};

/** Parses ` FAIL  test/cart.test.ts > cart > removes`, then the error. */
function vitestFailures(output: string): TestFailure[] {
  const lines = output.split('\n');
  return lines.flatMap((line, index) => {
    const name = /^ ?FAIL {2}(.+?)(?: \[ .+ \])?$/.exec(line)?.[1];
    return name === undefined ? [] : [testFailure(name, nextText(lines, index + 1))];
  });
}
