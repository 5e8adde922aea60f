import type { TestFailure } from '../../../shared/view-models/group-views.ts';
import {
  NO_TESTS,
  NO_TESTS_FAILURE,
  report,
  testFailure,
  type TestParser,
} from '../reports/test-report.ts';

const SUMMARY = /^=* ?(no tests ran|\d+ [a-z].*?) in [\d.]+s(?: \([\d:, a-z]+\))?(?: =*)?$/gm;
const SKIPPED = ['skipped', 'xfailed'];

/** pytest's last line: `==== 2 failed, 1 passed, 1 error in 0.02s ====`. */
export const parsePytest: TestParser = (output) => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let known = false;
  for (const [, words = ''] of output.matchAll(SUMMARY)) {
    known ||= words === 'no tests ran' || /passed|failed|error|skipped|deselected/.test(words);
    for (const [, number, word = ''] of words.matchAll(/(\d+) ([a-z]+)/g)) {
      const kind = kindOf(word);
      if (kind !== null) {
        counts[kind] += Number(number);
      }
    }
  }
  if (!known) {
    return null;
  }
  const result = report(counts, pytestFailures(output));
  // pytest prints the same for a path that does not exist, which is an error and not a result.
  return result === NO_TESTS && !/^ERROR:/m.test(output) ? NO_TESTS_FAILURE : result;
};

function kindOf(word: string): 'passed' | 'failed' | 'skipped' | null {
  if (word === 'passed' || word === 'xpassed') {
    return 'passed';
  }
  if (word === 'failed' || word === 'error' || word === 'errors') {
    return 'failed';
  }
  return SKIPPED.includes(word) ? 'skipped' : null;
}

function pytestFailures(output: string): TestFailure[] {
  const start = output.lastIndexOf('short test summary info');
  if (start === -1) {
    return [];
  }
  return [...output.slice(start).matchAll(/^(?:FAILED|ERROR) (\S.*?)(?: - (.*))?$/gm)].map(
    ([, name = '', message = '']) => testFailure(name, message),
  );
}
