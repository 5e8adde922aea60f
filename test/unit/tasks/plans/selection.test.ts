import assert from 'node:assert/strict';
import { selector } from '../../../../src/tasks/plans/selection.ts';

describe('globs that include and exclude plans', () => {
  const cases: readonly (readonly [glob: string, path: string, matches: boolean])[] = [
    ['docs/*.md', 'docs/roadmap.md', true],
    ['docs/*.md', 'docs/deep/roadmap.md', false],
    ['**/*.md', 'roadmap.md', true],
    ['**/*.md', '.hidden/deep/roadmap.md', true],
    ['docs', 'docs/deep/roadmap.md', true],
    ['docs/', 'docs/roadmap.md', true],
    ['./docs/*.md', 'docs/roadmap.md', true],
    ['/docs/*.md', 'docs/roadmap.md', true],
    ['docs', 'other/docs/roadmap.md', false],
    ['{a,b}.txt', 'b.txt', true],
    ['  ', 'anything.md', false],
  ];
  for (const [glob, path, matches] of cases) {
    it(`“${glob}” ${matches ? 'means' : 'does not mean'} ${path}`, () => {
      assert.equal(selector({ include: [glob] }).included(path), matches);
      assert.equal(selector({ exclude: [glob] }).excluded(path), matches);
    });
  }

  it('mean nothing where there are none', () => {
    const { included, excluded } = selector({});
    assert.deepEqual([included('tasks.md'), excluded('tasks.md')], [false, false]);
  });
});
