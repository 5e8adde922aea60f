import { strict as assert } from 'node:assert';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { linkExclusive, writeFileAtomic } from '../../../src/system/atomic-file.ts';
import { skip } from '../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

describe('a file written at once', () => {
  let directory: string;
  let path: string;
  beforeEach(() => {
    directory = temporaryDirectory();
    path = join(directory, 'file');
  });
  afterEach(() => removeDirectory(directory));

  it('has the whole new content, from text or bytes, and leaves nothing else behind', async () => {
    await writeFileAtomic(path, 'ö', { fsync: true });
    assert.equal(readFileSync(path, 'utf8'), 'ö');
    await writeFileAtomic(path, Uint8Array.of(1, 2));
    assert.deepEqual([...readFileSync(path)], [1, 2]);
    assert.deepEqual(readdirSync(directory), ['file']);
  });

  it('is new or old for whoever reads at the same time, never a part', async () => {
    const contents = ['a', 'b'].map((letter) => letter.repeat(100_000));
    await writeFileAtomic(path, 'a'.repeat(100_000));
    const writing = Promise.all(
      Array.from({ length: 40 }, (_, index) => writeFileAtomic(path, contents[index % 2] ?? '')),
    );
    for (let reads = 0; reads < 40; reads += 1) {
      assert.ok(contents.includes(readFileSync(path, 'utf8')));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
  });

  it('has the permissions that were asked for', async function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows has no permission bits');
    }
    await writeFileAtomic(path, 'secret', { mode: 0o600 });
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('that cannot be put in place leaves the target as it was, and nothing else', async () => {
    mkdirSync(path);
    writeFileSync(join(path, 'inside'), 'x');
    await assert.rejects(() => writeFileAtomic(path, 'y'));
    assert.deepEqual(readdirSync(directory), ['file']);
    assert.deepEqual(readdirSync(path), ['inside']);
  });
});

describe('a file linked exclusively', () => {
  let directory: string;
  beforeEach(() => (directory = temporaryDirectory()));
  afterEach(() => removeDirectory(directory));

  it('is created by exactly one of many, whose content it has', async () => {
    const path = join(directory, 'lock');
    const created = await Promise.all(
      Array.from({ length: 30 }, (_, index) => linkExclusive(path, String(index))),
    );
    assert.equal(created.filter(Boolean).length, 1);
    assert.equal(readFileSync(path, 'utf8'), String(created.indexOf(true)));
    assert.deepEqual(readdirSync(directory), ['lock']);
  });

  it('never replaces what exists', async () => {
    const path = join(directory, 'lock');
    writeFileSync(path, 'old');
    assert.equal(await linkExclusive(path, 'new'), false);
    assert.equal(readFileSync(path, 'utf8'), 'old');
  });

  it('fails where the directory does not exist', async () => {
    await assert.rejects(() => linkExclusive(join(directory, 'none', 'lock'), 'x'), /ENOENT/);
  });
});
