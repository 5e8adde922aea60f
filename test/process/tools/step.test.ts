import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Outcome, runStep } from '../../../tools/step.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const LEAVES = `const { spawn } = require('node:child_process');
const { mkdirSync } = require('node:fs');
it('leaves', () => {
  mkdirSync(require('node:path').join(require('node:os').tmpdir(), 'left'));
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' }).unref();
});
`;

describe('a step of the tests', () => {
  let folder: string;
  beforeEach(() => (folder = temporaryDirectory()));
  afterEach(() => removeDirectory(folder));

  async function run(script: string, args: readonly string[], counts: boolean): Promise<Outcome> {
    const step = { name: 'step', title: 'A step', script, args, counts };
    return runStep(step, { folder, output: 'at its end', graceMs: 500, print: () => undefined });
  }

  async function mocha(name: string, text: string): Promise<Outcome> {
    const file = path.join(folder, `${name}.test.cjs`);
    writeFileSync(file, text);
    return run('test:one', [file], true);
  }

  it('counts its tests, and passes if it leaves nothing behind', async () => {
    const { passed, failed, reports } = await mocha('good', 'it("works", () => {});');
    assert.deepEqual([passed, failed, reports], [1, 0, []]);
  });

  it('that counts as one check is listed with its last lines if it fails', async () => {
    const missing = path.join(folder, 'missing.test.cjs');
    const { passed, failed, reports } = await run('test:one', [missing], false);
    assert.deepEqual([passed, failed, reports.length], [0, 1, 1]);
    assert.deepEqual([reports[0]?.what, reports[0]?.title], ['failed', 'A step']);
    assert.match(
      reports[0]?.why ?? '',
      /^It ended with 2\.\nIts last lines:\n[^]*missing\.test\.cjs/,
    );
  });

  it('that ends before it counts its tests fails', async () => {
    const { failed, reports } = await mocha('early', 'process.exit(0);');
    assert.equal(failed, 1);
    assert.match(reports[0]?.why ?? '', /^It did not count its tests\./);
  });

  it('fails by name for each process and file that it leaves behind', async () => {
    const { passed, failed, reports } = await mocha('leaves', LEAVES);
    assert.deepEqual([passed, failed, reports[0]?.title], [1, 1, 'A step left behind']);
    const lines = reports[0]?.why.split('\n') ?? [];
    assert.ok(lines.includes('folder left'));
    if (process.platform === 'linux') {
      assert.ok(lines.some((line) => /^process \d+: .*setInterval/.test(line)));
    }
  });
});
