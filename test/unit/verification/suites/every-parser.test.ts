import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { PARSERS } from '../../../../src/verification/suites/parse-tests.ts';

const ROOT = new URL('../../../../', import.meta.url);
const RECORDED = new URL('test/fixtures/test-output/', ROOT);
const recordings = readdirSync(RECORDED).map((name) =>
  stripVTControlCharacters(readFileSync(new URL(name, RECORDED), 'utf8')),
);
const page = readFileSync(new URL('docs/evidence.md', ROOT), 'utf8').toLowerCase();

/** Parsers whose texts are in parse-tests.test.ts and parse-reports.test.ts. */
const WRITTEN = ['summary', 'npm', 'jest-json'];

describe('every parser of test output', () => {
  for (const [name, parse] of PARSERS.filter(([each]) => !WRITTEN.includes(each))) {
    it(`${name}: reads a recording`, () => {
      assert.ok(
        recordings.some((text) => parse(text) !== null),
        `Write the output of a real run to test/fixtures/test-output/${name}.txt, and a row for it into parse-tests.test.ts.`,
      );
    });

    it(`${name}: is named in docs/evidence.md`, () => {
      const [runner = ''] = name.split('-');
      assert.ok(page.includes(runner), `Name ${runner} at “Supported output” in docs/evidence.md.`);
    });
  }
});
