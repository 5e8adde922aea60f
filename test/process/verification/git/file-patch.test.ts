import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { patchOf } from '../../../../src/verification/git/file-patch.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('the patch of what a task changed', () => {
  let root: string;
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const commit = (): string => {
    git('add', '--all');
    git('-c', 'user.name=T', '-c', 'user.email=t@example.invalid', 'commit', '--quiet', '-m', 'x');
    return git('rev-parse', 'HEAD').trim();
  };
  beforeEach(() => {
    root = temporaryDirectory();
  });
  afterEach(() => removeDirectory(root));

  it('makes the files of then into those of now: changed, new and deleted ones, whatever their names', async () => {
    git('init', '--quiet');
    const names = ['a.txt', '-dash.txt', 'with space.txt', 'gone.txt', '[x].txt', 'x.txt'];
    for (const name of names) {
      write(name, 'one\n');
    }
    const head = commit();
    for (const name of names) {
      write(name, 'two\n');
    }
    rmSync(join(root, 'gone.txt'));
    write('deep/new file.txt', 'no line end');
    const asked = names.filter((name) => name !== 'x.txt');
    const patch = await patchOf(root, head, [...asked, 'deep/new file.txt']);
    assert.ok(patch);
    assert.deepEqual(patch.left, []);
    git('stash', '--quiet', '--include-untracked');
    writeFileSync(join(root, 'the.patch'), patch.text);
    git('apply', 'the.patch');
    assert.equal(readFileSync(join(root, '-dash.txt'), 'utf8'), 'two\n');
    assert.equal(readFileSync(join(root, '[x].txt'), 'utf8'), 'two\n');
    assert.equal(readFileSync(join(root, 'deep', 'new file.txt'), 'utf8'), 'no line end');
    assert.throws(() => readFileSync(join(root, 'gone.txt')));
    assert.equal(readFileSync(join(root, 'x.txt'), 'utf8'), 'one\n', 'a pattern is just a name');
  });

  it('has what was committed meanwhile too', async () => {
    git('init', '--quiet');
    write('a.txt', 'one\n');
    const head = commit();
    write('a.txt', 'two\n');
    commit();
    assert.match((await patchOf(root, head, ['a.txt']))?.text ?? '', /^-one\n\+two$/m);
  });

  it('begins with nothing where there was no commit yet', async () => {
    git('init', '--quiet');
    write('a.txt', 'one\n');
    assert.match((await patchOf(root, null, ['a.txt']))?.text ?? '', /^new file mode/m);
  });

  it('is none where git cannot tell, or nothing differs', async () => {
    write('a.txt', 'one\n');
    assert.equal(await patchOf(root, 'HEAD', ['a.txt']), null);
    git('init', '--quiet');
    const head = commit();
    assert.equal(await patchOf(root, head, ['a.txt']), null);
    assert.equal(await patchOf(root, 'f'.repeat(40), ['a.txt']), null);
    assert.equal(await patchOf(root, head, []), null);
  });
});
