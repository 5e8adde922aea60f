import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseTests } from '../../../../src/verification/suites/parse-tests.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const SUITE = `
describe('cart', () => {
  it('adds', () => {});
  it('removes', () => { throw new Error('boom'); });
  it.skip('later', () => {});
});
`;

const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');

/** Recordings age; these runners are here, so that what they print today is read too. */
describe('what is printed today', () => {
  let directory: string;
  beforeEach(() => {
    directory = temporaryDirectory();
    writeFileSync(join(directory, 'mocha.cjs'), SUITE);
    writeFileSync(join(directory, 'node.cjs'), `const {describe,it}=require('node:test');${SUITE}`);
  });
  afterEach(() => removeDirectory(directory));

  const run = (...args: string[]) => {
    // Node's runner inside of another one would speak to that.
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
    return spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8', env }).stdout;
  };
  const runners: Record<string, readonly [readonly string[], string, string]> = {
    'node with its spec reporter': [
      ['--test', '--test-reporter=spec', 'node.cjs'],
      'removes',
      'Error: boom',
    ],
    'node with its TAP reporter': [
      ['--test', '--test-reporter=tap', 'node.cjs'],
      'removes',
      'boom',
    ],
    mocha: [[mocha, '--no-config', 'mocha.cjs'], 'cart removes', 'Error: boom'],
    'mocha with its TAP reporter': [
      [mocha, '--no-config', '--reporter=tap', 'mocha.cjs'],
      'cart removes',
      'boom',
    ],
  };
  for (const [who, [args, name, message]] of Object.entries(runners)) {
    it(`by ${who} is read`, () => {
      assert.deepEqual(parseTests(run(...args), 'npm'), {
        kind: 'counts',
        total: 3,
        passed: 1,
        failed: 1,
        failures: [{ name, message }],
      });
    });
  }
});
