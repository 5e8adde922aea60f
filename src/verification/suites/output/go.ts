import type { TestFailure } from '../../../shared/view-models/group-views.ts';
import {
  counted,
  NO_TESTS,
  NO_TESTS_FAILURE,
  testFailure,
  type TestParser,
} from '../reports/test-report.ts';

const PACKAGE = /^(?:ok {2}|FAIL|\?? {3})\t\S+(?:\t| \[).*$/gm;
const UNTESTED = /\[no test(?: file)?s(?: to run)?\]/;
const RESULT = /^ *--- (PASS|FAIL|SKIP): (\S+)/;

interface Result {
  readonly name: string;
  readonly word: string;
  readonly line: number;
}

/**
 * `go test`: one line for each package. It names passed tests only with `-v`; without it `total` and `passed` stay
 * unknown. Of subtests only the innermost count.
 */
export const parseGo: TestParser = (output) => {
  if (/^no packages to test$/m.test(output)) {
    return NO_TESTS_FAILURE;
  }
  const packages = output.match(PACKAGE);
  if (packages === null) {
    return null;
  }
  if (packages.every((line) => UNTESTED.test(line))) {
    return NO_TESTS;
  }
  const lines = output.split('\n');
  const results = innermost(lines);
  const tests = results
    .filter(({ word }) => word === 'FAIL')
    .map(({ name, line }) => testFailure(name, messageOf(name, line, lines)));
  const failures = [...tests, ...failedPackages(packages, lines, tests.length > 0)];
  const verbose = lines.some((line) => line.startsWith('=== RUN '));
  const others = results.length - tests.length;
  return counted({
    total: verbose ? others + failures.length : null,
    passed: verbose ? results.filter(({ word }) => word === 'PASS').length : null,
    failed: failures.length,
    failures,
  });
};

function innermost(lines: readonly string[]): Result[] {
  const results = lines.flatMap((text, line) => {
    const [, word, name] = RESULT.exec(text) ?? [];
    return word === undefined || name === undefined ? [] : [{ name, word, line }];
  });
  const parents = new Set(
    results.flatMap(({ name }) => {
      const parts = name.split('/');
      return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
    }),
  );
  return results.filter(({ name }) => !parents.has(name));
}

/**
 * The message is below the result; with `-v` it precedes it, printed while the test ran. A panic ends the run at once.
 */
function messageOf(name: string, line: number, lines: readonly string[]): string {
  const below = lines[line + 1] ?? '';
  if (below.startsWith('panic: ') || (below.startsWith(' ') && !RESULT.test(below))) {
    return below;
  }
  const started = lines.findIndex(
    (text) => text.startsWith('=== RUN ') && text.endsWith(` ${name}`),
  );
  const message = started === -1 ? '' : (lines[started + 1] ?? '');
  return message.startsWith(' ') && !RESULT.test(message) ? message : '';
}

/** Returns the packages that could not be built and, if no test is named, those that failed as a whole. */
function failedPackages(
  packages: readonly string[],
  lines: readonly string[],
  named: boolean,
): TestFailure[] {
  return packages.flatMap((line) => {
    const [, name, why] = /^FAIL\t(\S+)(?: \[(\w+ failed)\])?/.exec(line) ?? [];
    if (name === undefined || (why === undefined && named)) {
      return [];
    }
    const heading = lines.findIndex(
      (text) => text === `# ${name}` || text.startsWith(`# ${name} [`),
    );
    const cause = heading === -1 ? '' : (lines[heading + 1] ?? '');
    return [
      testFailure(
        name,
        [why, cause].filter((part) => part !== undefined && part !== '').join(': '),
      ),
    ];
  });
}
