import { strict as assert } from 'node:assert';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { findExecutable } from '../../../src/system/find-executable.ts';
import { skip } from '../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

describe('finding a program', () => {
  let root: string;
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => removeDirectory(root));

  function program(path: string, text = '#!/bin/sh\nexit 0\n', mode = 0o755): string {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  }

  it('takes the first of the search path that can be executed', async function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows has no permission bits');
    }
    program('a/tool', '', 0o644);
    mkdirSync(join(root, 'b', 'tool'), { recursive: true });
    const found = program('c/tool');
    program('d/tool');
    const PATH = ['a', 'b', 'c', 'd'].map((name) => join(root, name)).join(delimiter);
    assert.equal(await findExecutable('tool', { PATH }), found);
    assert.equal(await findExecutable('other', { PATH }), null);
    assert.equal(await findExecutable('tool', {}), null);
  });

  it('never takes one from a relative place, where a workspace could put its own', async function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows has no permission bits');
    }
    program('bin/tool');
    const before = process.cwd();
    process.chdir(root);
    try {
      assert.equal(await findExecutable('tool', { PATH: `bin${delimiter}.${delimiter}` }), null);
      assert.equal(await findExecutable('./bin/tool', {}), null);
      assert.equal(await findExecutable(join(root, 'bin/tool'), {}), join(root, 'bin/tool'));
    } finally {
      process.chdir(before);
    }
  });
});
