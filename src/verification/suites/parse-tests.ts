import { parseCargo } from './output/cargo.ts';
import { parseGo } from './output/go.ts';
import { parseJest } from './output/jest.ts';
import { parseMocha } from './output/mocha.ts';
import { parseNodeTest } from './output/node-test.ts';
import { parsePytest } from './output/pytest.ts';
import { parseSummaryLine } from './output/summary-lines.ts';
import { parseTap } from './output/tap.ts';
import { parseVitest } from './output/vitest.ts';
import { parseGoJson } from './reports/go-json.ts';
import { parseJestJson } from './reports/jest-json.ts';
import { parseMochaJson } from './reports/mocha-json.ts';
import { NO_TESTS_FAILURE, type TestParser, type TestReport } from './reports/test-report.ts';

/**
 * The most precise first, which are the machine-readable ones. TAP comes late because other runners print it too; a
 * missing script counts only if nothing ran.
 */
export const PARSERS: readonly (readonly [name: string, parse: TestParser])[] = [
  ['jest-json', parseJestJson],
  ['mocha-json', parseMochaJson],
  ['go-json', parseGoJson],
  ['jest', parseJest],
  ['vitest', parseVitest],
  ['node', parseNodeTest],
  ['cargo', parseCargo],
  ['go', parseGo],
  ['pytest', parsePytest],
  ['mocha', parseMocha],
  ['tap', parseTap],
  ['summary', parseSummaryLine],
  ['npm', parseNoScript],
];

// Built from its code, to keep control characters out of the source.
const ESCAPE = String.fromCharCode(27);
/** Colours, cursor movements and links. */
const ANSI = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07${ESCAPE}]*(?:\\x07|${ESCAPE}\\\\))`,
  'g',
);

/**
 * Parses a test runner's output. The output itself identifies the runner, as a script may start any; `hint` is only the
 * parser that is tried first. Returns `null` for an unknown runner. Adds up the results of several packages.
 */
export function parseTests(output: string, hint: string): TestReport | null {
  const text = output.replace(ANSI, '').replaceAll('\r\n', '\n');
  const hinted = PARSERS.filter(([name]) => name === hint && name !== 'npm');
  for (const [, parse] of [...hinted, ...PARSERS]) {
    const found = parse(text);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

/** Messages of npm, pnpm, yarn and Bun about a missing script, and the output of npm's own placeholder. */
const NO_SCRIPT = [
  /^npm (?:error|ERR!) Missing script: "?/im,
  /ERR_PNPM_NO_SCRIPT\b/,
  /^(?:error|Usage Error:) (?:Command "test" not found|Couldn't find a script named "test")/m,
  /^error: Script not found "/m,
  /^Error: no test specified$/m,
];

/** The package has no test script, so no test runner started. */
function parseNoScript(output: string): TestReport | null {
  return NO_SCRIPT.some((pattern) => pattern.test(output)) ? NO_TESTS_FAILURE : null;
}
