import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFileIf } from '../../../src/system/atomic-file.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

describe('replacing a file that others may write', () => {
  let root: string;
  let path: string;
  const data = Buffer.from('new');
  beforeEach(() => {
    root = temporaryDirectory();
    path = join(root, 'plan.md');
    writeFileSync(path, 'old');
  });
  afterEach(() => removeDirectory(root));

  it('happens when it is still wanted, which is asked once the new content is on disk', async () => {
    const replaced = await replaceFileIf(path, data, 0o666, () => {
      assert.equal(readFileSync(path, 'utf8'), 'old');
      const [temporary = ''] = readdirSync(root).filter((name) => name !== 'plan.md');
      assert.equal(readFileSync(join(root, temporary), 'utf8'), 'new');
      return Promise.resolve(true);
    });
    assert.ok(replaced);
    assert.equal(readFileSync(path, 'utf8'), 'new');
    assert.deepEqual(readdirSync(root), ['plan.md']);
    if (process.platform !== 'win32') {
      assert.equal(statSync(path).mode & 0o777, 0o666);
    }
  });

  it('does not happen when somebody else was faster', async () => {
    const replaced = await replaceFileIf(path, data, 0o644, () => {
      writeFileSync(path, 'theirs');
      return Promise.resolve(readFileSync(path, 'utf8') === 'old');
    });
    assert.ok(!replaced);
    assert.equal(readFileSync(path, 'utf8'), 'theirs');
    assert.deepEqual(readdirSync(root), ['plan.md']);
  });

  it('leaves everything as it was when asking fails', async () => {
    const asking = () => Promise.reject(new Error('gone'));
    await assert.rejects(replaceFileIf(path, data, 0o644, asking), /gone/);
    assert.deepEqual(readdirSync(root), ['plan.md']);
    assert.equal(readFileSync(path, 'utf8'), 'old');
  });
});
