import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Totals, totalsVariable } from '../../../tools/totals.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const SKIP = join(import.meta.dirname, '../../support/skip.ts');
const FLAKY = `const { skip } = require(${JSON.stringify(SKIP)});
let tries = 0;
it('works at the second try', () => { tries += 1; if (tries < 2) throw new Error('too early'); });
it('never works', () => { throw new Error('broken'); });
let looks = 0;
it('is a law', () => { looks += 1; if (looks < 2) throw new Error('Property failed after 7 tests'); });
it('is no law', () => { throw new Error('Property failed after 3 tests'); });
it('has no bd', function () { skip(this, 'there is no bd'); });
it('is not finished');
describe('on Windows', () => {
  before(function () { skip(this, 'this is no Windows'); });
  it('works', () => {});
  describe('in a folder', () => { it('works, too', () => {}); });
});
describe('for each', () => {
  beforeEach(function () { if (this.currentTest.title.startsWith('is')) skip(this, 'before each'); });
  it('is skipped before it', () => {});
});
`;
const NO_REASON = 'It was skipped without a reason; use skip() of test/support/skip.ts.';

describe('the reporter of the tests', () => {
  const directory = temporaryDirectory();
  after(() => {
    removeDirectory(directory);
  });

  for (const how of [[], ['--parallel']]) {
    it(`names what passed only when it was tried again or was skipped, and still fails what fails twice ${how.join('')}`, async () => {
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
      assert.match(stdout, /- skipped: has no bd\n +there is no bd/);
      assert.match(stdout, /✖ failed: is not finished\n +It was skipped without a reason/);
      // What a property test has found is a failure, though its second try came upon nothing.
      const { reports, ...counts } = Totals.parse(JSON.parse(await readFile(totalsFile, 'utf8')));
      assert.deepEqual(counts, { passed: 1, failed: 4, skipped: 4, triedAgain: 1 });
      assert.deepEqual(
        reports.map(({ what, title, tests, why }) => [what, title, tests, why.split('\n')[0]]),
        [
          ['failed', 'never works', 1, 'Error: broken'],
          ['failed', 'is no law', 1, 'Error: Property failed after 3 tests'],
          ['failed', 'is a law', 1, 'Error: Property failed after 7 tests'],
          ['failed', 'is not finished', 1, NO_REASON],
          ['tried again', 'works at the second try', 1, 'Error: too early'],
          ['skipped', 'has no bd', 1, 'there is no bd'],
          ['skipped', 'on Windows', 2, 'this is no Windows'],
          ['skipped', 'for each is skipped before it', 1, 'before each'],
        ],
      );
    });
  }
});
