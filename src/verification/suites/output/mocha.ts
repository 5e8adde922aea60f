import type { TestFailure } from '../../../shared/view-models/group-views.ts';
import {
  nextText,
  NO_TESTS_FAILURE,
  report,
  sumOf,
  testFailure,
  type TestParser,
} from '../reports/test-report.ts';

/** Mocha's closing lines: `12 passing (5ms)`, `2 pending`, `1 failing`. */
export const parseMocha: TestParser = (output) => {
  if (/^Error: No test files found/m.test(output)) {
    return NO_TESTS_FAILURE;
  }
  if (!/^ {2}\d+ passing(?: \(.+\))?$/m.test(output)) {
    return null;
  }
  const counts = {
    passed: sumOf(output, /^ {2}(\d+) passing(?: \(.+\))?$/gm),
    failed: sumOf(output, /^ {2}(\d+) failing$/gm),
    skipped: sumOf(output, /^ {2}(\d+) pending$/gm),
  };
  return report(counts, mochaFailures(output));
};

/**
 * Parses the numbered list after `1 failing`: titles, one per line, each deeper than the last, until one ends with a
 * colon.
 */
function mochaFailures(output: string): TestFailure[] {
  const start = output.search(/^ {2}\d+ failing$/m);
  if (start === -1) {
    return [];
  }
  const lines = output.slice(start).split('\n');
  const failures: TestFailure[] = [];
  lines.forEach((line, index) => {
    const first = /^ {2}\d+\) (.+)$/.exec(line)?.[1];
    if (first === undefined) {
      return;
    }
    const end = lines.findIndex((each, at) => at >= index && (each.endsWith(':') || each === ''));
    const titles = [first, ...lines.slice(index + 1, end + 1)].map((title) => title.trim());
    const name = titles.filter((title) => title !== '').join(' ');
    failures.push(testFailure(name.replace(/:$/, ''), nextText(lines, end + 1)));
  });
  return failures;
}
