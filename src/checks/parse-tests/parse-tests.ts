import { parseCargo } from './cargo.ts';
import { parseGo } from './go.ts';
import { parseGoJson } from './go-json.ts';
import { parseJest } from './jest.ts';
import { parseJestJson } from './jest-json.ts';
import { parseMocha } from './mocha.ts';
import { parseMochaJson } from './mocha-json.ts';
import { parseNoScript } from './no-script.ts';
import { parseNodeTest } from './node-test.ts';
import { parsePytest } from './pytest.ts';
import { parseSummaryLine } from './summary-lines.ts';
import { parseTap } from './tap.ts';
import type { TestParser, TestReport } from './test-report.ts';
import { parseVitest } from './vitest.ts';

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
    if (found !== null) return found;
  }
  return null;
}
