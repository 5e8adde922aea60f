import assert from 'node:assert/strict';
import {
  foldersOf,
  normalisePath,
} from '../../../../../src/coordinator/plan/conflicts/path-names.ts';

describe('a path that a task names', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['src/a.ts', 'src/a.ts'],
    ['./src//a.ts', 'src/a.ts'],
    ['src/api/', 'src/api'],
    ['src\\api\\a.ts', 'src/api/a.ts'],
    ['src/x/../a.ts', 'src/a.ts'],
    ['../other/a.ts', '../other/a.ts'],
    ['a/../../b', '../b'],
    ['./', '.'],
    ['/etc/hosts', '/etc/hosts'],
    ['Src/A.ts', 'Src/A.ts'],
  ];
  for (const [written, normal] of rows) {
    it(`is ${normal} where ${JSON.stringify(written)} is written`, () => {
      assert.equal(normalisePath(written), normal);
    });
  }
});

describe('the folders that a path lies in', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['src/api/a.ts', ['.', 'src', 'src/api']],
    ['a.ts', ['.']],
    ['.', []],
    ['../b/c', ['..', '../b']],
    ['/etc/hosts', ['/etc']],
  ];
  for (const [path, folders] of rows) {
    it(`are ${JSON.stringify(folders)} for ${path}`, () => {
      assert.deepEqual(foldersOf(path), folders);
    });
  }

  it('end at 64 levels, as a plan could name a path of a million', () => {
    assert.equal(foldersOf('a/'.repeat(1000)).length, 64);
  });
});
