import type { TestFailure } from '../../../shared/view-models/group-views.ts';
import { report, testFailure, type TestParser } from '../reports/test-report.ts';

const POINT = /^(ok|not ok)\b(?: (?!#)\d+)?(?: -)?(?: (?!#)(.*?))?(?:\s+#\s*(skip|todo)\b.*)?$/i;

/** Any TAP producer: the test points that are not indented, if there is a plan or a version line. */
export const parseTap: TestParser = (output) => {
  if (!/^(?:TAP version \d+|1\.\.\d+)/m.test(output)) {
    return null;
  }
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const line of output.split('\n')) {
    const point = pointOf(line);
    if (point !== null) {
      counts[point.result] += 1;
    }
  }
  const planned = /^1\.\.(\d+)/m.exec(output)?.[1];
  if (planned !== '0' && counts.passed + counts.failed + counts.skipped === 0) {
    return null;
  }
  return report(counts, tapFailures(output));
};

/**
 * Returns the failed points that have no failed points below them: a suite that fails only with its test does not
 * count.
 */
export function tapFailures(output: string): TestFailure[] {
  const lines = output.split('\n');
  return lines.flatMap((line, index) => {
    const point = pointOf(line.trimStart());
    if (point?.result !== 'failed') {
      return [];
    }
    const diagnosis = lines.slice(index + 1, index + 12);
    if (diagnosis.some((each) => /^\s*failureType: 'subtestsFailed'/.test(each))) {
      return [];
    }
    return [testFailure(point.name, messageOf(diagnosis))];
  });
}

function pointOf(line: string): { result: 'passed' | 'failed' | 'skipped'; name: string } | null {
  const match = POINT.exec(line);
  if (match === null) {
    return null;
  }
  const [, word = '', name = '', directive] = match;
  if (directive !== undefined) {
    return { result: 'skipped', name };
  }
  return { result: word.toLowerCase() === 'ok' ? 'passed' : 'failed', name };
}

/** Returns `error:` or `message:` of the YAML block, or the first indented line if there is no such block. */
function messageOf(lines: readonly string[]): string {
  const end = lines.findIndex((line) => /^\s*(?:\.\.\.$|ok\b|not ok\b|#|\d+\.\.)/.test(line));
  const own = end === -1 ? lines : lines.slice(0, end);
  const index = own.findIndex((line) => /^\s*(?:error|message):/.test(line));
  const value = /:\s*(.*)$/.exec(own[index] ?? '')?.[1];
  if (value === undefined) {
    return own[0]?.trim() === '---' ? '' : (own[0]?.trim() ?? '');
  }
  return /^[|>]-?$/.test(value)
    ? (own[index + 1]?.trim() ?? '')
    : value.replace(/^(['"])(.*)\1$/, '$2');
}
