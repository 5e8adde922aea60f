import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const FLAKY = `let tries = 0;
it('works at the second try', () => { tries += 1; if (tries < 2) throw new Error('too early'); });
it('never works', () => { throw new Error('broken'); });
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
      const { stdout, exitCode } = await execa(process.execPath, [mocha, ...args], {
        reject: false,
      });
      assert.equal(exitCode, 1);
      assert.match(stdout, /1 passing/);
      assert.match(stdout, /1 failing/);
      assert.match(stdout, /↻ tried again: works at the second try\n +Error: too early/);
    });
  }
});
