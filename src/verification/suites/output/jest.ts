import type { TestFailure } from '../../../shared/view-models/group-views.ts';
import {
  nextText,
  NO_TESTS_FAILURE,
  report,
  sumOf,
  testFailure,
  type TestParser,
} from '../reports/test-report.ts';

/** Jest's closing lines: `Tests:       1 failed, 1 skipped, 2 passed, 4 total`. */
export const parseJest: TestParser = (output) => {
  const tests = linesOf(output, 'Tests');
  const suites = linesOf(output, 'Test Suites');
  if (suites === '') {
    return /^No tests found/m.test(output) ? NO_TESTS_FAILURE : null;
  }
  const ran = {
    passed: count(tests, 'passed'),
    failed: count(tests, 'failed'),
    skipped: count(tests, 'skipped') + count(tests, 'todo'),
  };
  // A suite that failed to load has no tests that could fail.
  const failed = Math.max(ran.failed, count(suites, 'failed'));
  return report({ ...ran, failed }, jestFailures(output));
};

function linesOf(output: string, title: string): string {
  return (output.match(new RegExp(`^${title}: +.*\\d+ total$`, 'gm')) ?? []).join('\n');
}

function count(lines: string, word: string): number {
  return sumOf(lines, new RegExp(`(\\d+) ${word}\\b`, 'g'));
}

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
