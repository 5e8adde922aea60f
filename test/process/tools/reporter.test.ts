import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Totals, totalsVariable } from '../../../tools/totals.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const FLAKY = `let tries = 0;
it('works at the second try', () => { tries += 1; if (tries < 2) throw new Error('too early'); });
it('never works', () => { throw new Error('broken'); });
let looks = 0;
it('is a law', () => { looks += 1; if (looks < 2) throw new Error('Property failed after 7 tests'); });
it('is no law', () => { throw new Error('Property failed after 3 tests'); });
`;

describe('the reporter of the tests', () => {
  const directory = temporaryDirectory();
  after(() => {
    removeDirectory(directory);
  });

  for (const how of [[], ['--parallel']]) {
    it(`names what passed only when it was tried again, and still fails what fails twice ${how.join('')}`, async () => {
      const file = join(directory, 'flaky.test.cjs');
      await writeFile(file, FLAKY);
      const reporter = join(import.meta.dirname, '../../../tools/reporter.ts');
      const mocha = join(import.meta.dirname, '../../../node_modules/mocha/bin/mocha.js');
      const args = ['--no-config', ...how, '--retries', '1', '--reporter', reporter, file];
      const totalsFile = join(directory, 'totals.json');
      const { stdout, exitCode } = await execa(process.execPath, [mocha, ...args], {
        env: { [totalsVariable]: totalsFile },
        reject: false,
      });
      assert.equal(exitCode, 2);
      assert.match(stdout, /2 passing/);
      assert.match(stdout, /2 failing/);
      assert.match(stdout, /↻ tried again: works at the second try\n +Error: too early/);
      // What a property test has found is a failure, though its second try came upon nothing.
      const { reports, ...counts } = Totals.parse(JSON.parse(await readFile(totalsFile, 'utf8')));
      assert.deepEqual(counts, { passed: 1, failed: 3, skipped: 0 });
      assert.deepEqual(
        reports.map((each) => each.split('\n')[0]),
        [
          '✖ failed: never works',
          '✖ failed: is no law',
          '↻ tried again: works at the second try',
          '↻ tried again: never works',
          '✖ failed: is a law',
        ],
      );
    });
  }
});
