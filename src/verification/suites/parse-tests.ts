import { parseCargo } from './output/cargo.ts';
import { parseGo } from './output/go.ts';
import { parseJest } from './output/jest.ts';
import { parseMocha } from './output/mocha.ts';
import { parseNoScript } from './output/no-script.ts';
import { parseNodeTest } from './output/node-test.ts';
import { parsePytest } from './output/pytest.ts';
import { parseSummaryLine } from './output/summary-lines.ts';
import { parseTap } from './output/tap.ts';
import { parseVitest } from './output/vitest.ts';
import { parseGoJson } from './reports/go-json.ts';
import { parseJestJson } from './reports/jest-json.ts';
import { parseMochaJson } from './reports/mocha-json.ts';
import type { TestParser, TestReport } from './reports/test-report.ts';

/** The most telling first, which is what is printed for programs: TAP is also what others print, and a missing script is only told where nothing ran. */
const PARSERS: readonly (readonly [name: string, parse: TestParser])[] = [
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

// Built from its code, as a source file is no place for a control character.
const ESCAPE = String.fromCharCode(27);
/** Colours and cursor movements, and links. */
const ANSI = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07${ESCAPE}]*(?:\\x07|${ESCAPE}\\\\))`,
  'g',
);

/**
 * What a test runner's output says, recognised by the output itself: a script may start any runner. `hint` is only the
 * parser that is tried first. `null`: no runner that we know. A run that several packages share is added up.
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
