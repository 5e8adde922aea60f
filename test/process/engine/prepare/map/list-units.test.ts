import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listUnits } from '../../../../../src/engine/prepare/map/list-units.ts';
import { removeDirectory, temporaryDirectory } from '../../../../support/temp-directory.ts';

const FILES = [
  'src/a.ts',
  'src/b.js',
  'src/deep/c.ts',
  'src/deep/.hidden.ts',
  'Z.ts',
  'a.ts',
  '-n.ts',
  'node_modules/x/index.ts',
  '.parallel-groups/runs/x.ts',
  'built/out.ts',
];

describe('the files that a map is for', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryDirectory();
    for (const file of FILES) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), '');
    }
  });
  afterEach(() => removeDirectory(root));

  const git = (...args: readonly string[]): void => {
    execFileSync('git', args, { cwd: root });
  };

  for (const inRepository of [true, false]) {
    describe(inRepository ? 'in a repository' : 'outside of any repository', () => {
      beforeEach(() => {
        if (inRepository) {
          git('init', '--quiet');
        }
      });

      const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
        ['are those of one folder', 'src/*', '', ['src/a.ts', 'src/b.js']],
        [
          'are ordered by their characters, hidden ones and our own left out',
          '**/*.ts',
          '',
          ['./-n.ts', 'Z.ts', 'a.ts', 'built/out.ts', 'src/a.ts', 'src/deep/c.ts'],
        ],
        ['may be hidden where the glob says so', '**/.*.ts', '', ['src/deep/.hidden.ts']],
        ['are sought within a folder', '**/*.ts', 'src', ['src/a.ts', 'src/deep/c.ts']],
        ['may be named from here', './src/{a,b}.*', '', ['src/a.ts', 'src/b.js']],
        ['are none where nothing matches', 'nothing/**', '', []],
        ['are none outside of the workspace', '../**', '', []],
      ];
      for (const [title, glob, folder, expected] of cases) {
        it(title, async () => {
          assert.deepEqual(await listUnits(root, glob, folder), expected);
        });
      }

      it('are files, not folders and not what links to one', async () => {
        symlinkSync(join(root, 'src/deep'), join(root, 'src/link.ts'));
        assert.deepEqual(await listUnits(root, 'src/*.ts'), ['src/a.ts']);
      });
    });
  }

  it('are not those that git ignores, nor those that are gone', async () => {
    writeFileSync(join(root, '.gitignore'), 'built/\n');
    git('init', '--quiet');
    git('add', '--all');
    rmSync(join(root, 'Z.ts'));
    assert.deepEqual(await listUnits(root, '{built/,}*.ts'), ['./-n.ts', 'a.ts']);
  });
});
