import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSameFile } from '../../../../src/verification/worktree/walk-files.ts';
import {
  changedFiles,
  takeSnapshot,
  worktreeSnapshotSchema,
} from '../../../../src/verification/worktree/worktree-state.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

let root: string;
const write = (path: string, text: string) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
const commit = () => {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'work');
};

/** The files that `work` changes, through a snapshot that was written to a file in between. */
async function changedBy(work: () => void, ignore: string[] = [], folder = root) {
  const before = JSON.stringify(await takeSnapshot(folder, ignore));
  work();
  const after = await takeSnapshot(folder, ignore);
  return changedFiles(worktreeSnapshotSchema.parse(JSON.parse(before)), after);
}

describe('the state of a working tree', () => {
  beforeEach(() => {
    root = temporaryDirectory();
  });
  afterEach(() => removeDirectory(root));

  describe('in a git repository', () => {
    beforeEach(() => {
      git('init', '--quiet');
      write('a.txt', 'a\n');
      write('dir/b with blank ü.txt', 'b\n');
      write('.gitignore', 'out/\n');
      commit();
      write('dirty.txt', 'dirty\n');
      write('a.txt', 'a changed before\n');
    });

    it('does not change by itself', async () => {
      assert.deepEqual(await changedBy(() => undefined), []);
    });

    it('shows what was created, changed, deleted and linked, and nothing that was changed before', async () => {
      const changed = await changedBy(() => {
        write('new/c.txt', 'c');
        write('dir/b with blank ü.txt', 'other');
        rmSync(join(root, 'a.txt'));
        symlinkSync('a.txt', join(root, 'link'));
      });
      assert.deepEqual(changed, ['a.txt', 'dir/b with blank ü.txt', 'link', 'new/c.txt']);
    });

    it('shows a file that was changed again, and one that was put back', async () => {
      const changed = await changedBy(() => {
        write('dirty.txt', 'dirtier\n');
        write('a.txt', 'a\n');
      });
      assert.deepEqual(changed, ['a.txt', 'dirty.txt']);
    });

    it('shows what was committed in between, but not what was only committed', async () => {
      const changed = await changedBy(() => {
        write('c.txt', 'c');
        commit();
      });
      assert.deepEqual(changed, ['c.txt']);
    });

    it('does not take staging, or a new time, for a change', async () => {
      const changed = await changedBy(() => {
        git('add', 'a.txt');
        write('dirty.txt', 'dirty\n');
      });
      assert.deepEqual(changed, []);
    });

    it('does not see what git ignores, our own state, and what it is told to leave out', async () => {
      const changed = await changedBy(() => {
        write('out/build.js', '');
        write('.parallel-groups/runs/x', '');
        write('tasks.md', '');
        write('openspec/changes/tasks.md', '');
        commit();
      }, ['tasks.md', './openspec/changes/']);
      assert.deepEqual(changed, []);
    });

    it('of a folder within it has paths of that folder, and only its files', async () => {
      write('pkg/x.txt', '');
      commit();
      const changed = await changedBy(
        () => {
          write('pkg/x.txt', 'x');
          commit();
          write('pkg/y.txt', 'y');
          write('a.txt', 'outside');
        },
        [],
        join(root, 'pkg'),
      );
      assert.deepEqual(changed, ['x.txt', 'y.txt']);
    });

    it('leaves the lock of the index alone, which agents need', async () => {
      writeFileSync(join(root, '.git/index.lock'), '');
      assert.deepEqual(await changedBy(() => write('c.txt', 'c')), ['c.txt']);
    });
  });

  it('before the first commit shows what that commit and the work after it changed', async () => {
    git('init', '--quiet');
    write('before.txt', 'b');
    const changed = await changedBy(() => {
      write('first.txt', 'f');
      commit();
      write('second.txt', 's');
    });
    assert.deepEqual(changed, ['first.txt', 'second.txt']);
  });

  it('outside of a repository shows what was created, changed and deleted', async () => {
    write('a.txt', 'a');
    write('gone.txt', 'g');
    write('same.txt', 's');
    const changed = await changedBy(() => {
      write('a.txt', 'longer');
      write('deep/new.txt', '');
      write('node_modules/x/index.js', '');
      write('.parallel-groups/state', '');
      rmSync(join(root, 'gone.txt'));
    });
    assert.deepEqual(changed, ['a.txt', 'deep/new.txt', 'gone.txt']);
  });

  it('outside of a repository goes by content, not by times', async () => {
    write('rewritten.txt', 'same');
    write('swapped.txt', 'abc');
    const { atime, mtime } = statSync(join(root, 'swapped.txt'));
    const changed = await changedBy(() => {
      write('rewritten.txt', 'same');
      utimesSync(join(root, 'rewritten.txt'), 1, 1);
      write('swapped.txt', 'cba');
      utimesSync(join(root, 'swapped.txt'), atime, mtime);
    });
    assert.deepEqual(changed, ['swapped.txt']);
  });

  const files: readonly (readonly [before: string, after: string, isSame: boolean])[] = [
    ['1:5:33188:aa', '1:9:33188:aa', true],
    ['1:5:33188:aa', '1:5:33188:bb', false],
    ['1:5:33188:aa', '1:5:33261:aa', false],
    // One was not read: then size and time tell, as snapshots of before have no more.
    ['1:5:33188', '1:5:33188:aa', true],
    ['1:5:33188:aa', '1:6:33188', false],
    ['1:5:33188', '2:5:33188', false],
    ['absent', 'absent', true],
    ['absent', '1:5:33188', false],
  ];
  for (const [before, after, isSame] of files) {
    it(`takes ${before} and ${after} for ${isSame ? 'the same' : 'another'} file`, () => {
      assert.equal(isSameFile(before, after), isSame);
    });
  }

  it('shows what is new where the work made a repository of the folder', async () => {
    write('a.txt', 'a');
    const changed = await changedBy(() => {
      git('init', '--quiet');
      write('b.txt', 'b');
      commit();
      write('c.txt', 'c');
    });
    assert.deepEqual(changed, ['b.txt', 'c.txt']);
  });

  it('cannot be compared any more once the repository is gone', async () => {
    git('init', '--quiet');
    write('a.txt', 'a');
    commit();
    const changed = await changedBy(() => rmSync(join(root, '.git'), { recursive: true }));
    assert.equal(changed, null);
  });

  it('cannot be compared with a commit that is not there any more', async () => {
    git('init', '--quiet');
    write('a.txt', 'a');
    commit();
    const changed = await changedBy(() => {
      rmSync(join(root, '.git'), { recursive: true });
      git('init', '--quiet');
      write('a.txt', 'other');
      commit();
    });
    assert.equal(changed, null);
  });

  it('does not take what tools leave behind for work', async () => {
    git('init', '--quiet');
    write('a.py', '');
    commit();
    const changed = await changedBy(() => {
      write('__pycache__/a.pyc', '');
      write('web/node_modules/x/index.js', '');
    });
    assert.deepEqual(changed, []);
  });
});
