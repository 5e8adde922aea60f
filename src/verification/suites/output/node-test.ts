import type { TestFailure } from '../../../shared/view-models/group-views.ts';
import {
  nextText,
  NO_TESTS_FAILURE,
  report,
  sumOf,
  testFailure,
  type TestParser,
} from '../reports/test-report.ts';
import { tapFailures } from './tap.ts';

/** `node --test`: the summary of the spec reporter (`ℹ tests 4`) and of the TAP reporter (`# tests 4`). */
export const parseNodeTest: TestParser = (output) => {
  if (/^Could not find '.*'$/m.test(output)) {
    return NO_TESTS_FAILURE;
  }
  if (!/^(?:ℹ|#) tests \d+$/m.test(output) || !/^(?:ℹ|#) cancelled \d+$/m.test(output)) {
    return null;
  }
  const count = (word: string) => sumOf(output, new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`, 'gm'));
  const counts = {
    passed: count('pass'),
    // A test counts as cancelled if its parent ended before it.
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  };
  const failures = /^ℹ tests/m.test(output) ? specFailures(output) : tapFailures(output);
  return report(counts, failures);
};

/** Parses the list under `✖ failing tests:`, which repeats every failed test with its place and its error. */
function specFailures(output: string): TestFailure[] {
  const lines = output.split('\n');
  return lines.flatMap((line, index) => {
    const name = /^✖ (.+?)(?: \([\d.]+ms\))?$/.exec(line)?.[1];
    const located = lines[index - 1]?.startsWith('test at ') === true;
    return name === undefined || !located ? [] : [testFailure(name, nextText(lines, index + 1))];
  });
}
