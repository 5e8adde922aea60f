import type { TestFailure } from '../../../shared/view-models/group-views.ts';
import {
  nextText,
  NO_TESTS_FAILURE,
  report,
  sumOf,
  testFailure,
  type TestParser,
} from '../reports/test-report.ts';

/** Vitest's closing lines: `Tests  1 failed | 3 passed | 1 skipped (5)`. */
export const parseVitest: TestParser = (output) => {
  const files = linesOf(output, 'Test Files');
  const tests = linesOf(output, 'Tests');
  if (files === '') {
    return /^No test files found/m.test(output) ? NO_TESTS_FAILURE : null;
  }
  const ran = {
    passed: count(tests, 'passed'),
    failed: count(tests, 'failed'),
    skipped: count(tests, 'skipped') + count(tests, 'todo'),
  };
  // A file that failed to load has no tests that could fail.
  const failed = Math.max(ran.failed, count(files, 'failed'));
  return report({ ...ran, failed }, vitestFailures(output));
};

function linesOf(output: string, title: string): string {
  return (output.match(new RegExp(`^ *${title}  +.*(?:\\(\\d+\\)|no tests)$`, 'gm')) ?? []).join(
    '\n',
  );
}

function count(lines: string, word: string): number {
  return sumOf(lines, new RegExp(`(\\d+) ${word}\\b`, 'g'));
}

/** Parses ` FAIL  test/cart.test.ts > cart > removes`, then the error. */
function vitestFailures(output: string): TestFailure[] {
  const lines = output.split('\n');
  return lines.flatMap((line, index) => {
    const name = /^ ?FAIL {2}(.+?)(?: \[ .+ \])?$/.exec(line)?.[1];
    return name === undefined ? [] : [testFailure(name, nextText(lines, index + 1))];
  });
}
