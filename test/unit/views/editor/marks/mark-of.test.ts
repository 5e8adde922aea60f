import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { TaskAppearance } from '../../../../../src/shared/view-models/group-views.ts';
import { markOf, MARKS } from '../../../../../src/views/editor/marks/mark-of.ts';

describe('the mark beside a task', () => {
  const cases: readonly (readonly [TaskAppearance, number, string | null])[] = [
    ['running', 1, 'running'],
    ['stopping', 1, 'running'],
    ['throttled', 1, 'waiting'],
    ['backing_off', 1, 'waiting'],
    ['needs_you', 1, 'needs-you'],
    ['completed', 1, 'passed'],
    ['proven', 1, 'passed'],
    ['completed', 0, null],
    ['failed', 1, 'failed'],
    ['blocked', 0, 'blocked'],
    ['waiting', 0, null],
    ['pending', 0, null],
  ];
  for (const [appearance, attempts, expected] of cases) {
    it(`${appearance} after ${attempts} attempts: ${expected}`, () => {
      assert.equal(markOf({ appearance, attempts }, { state: 'running' }), expected);
    });
  }

  it('is none where the group never ran', () => {
    assert.equal(markOf({ appearance: 'blocked', attempts: 0 }, null), null);
  });

  it('has a picture for light and dark themes', () => {
    const pictures = MARKS.flatMap((mark) => [`dark/${mark}`, `light/${mark}`]);
    const missing = pictures.filter(
      (name) => !existsSync(new URL(`../../../../../media/marks/${name}.svg`, import.meta.url)),
    );
    assert.deepEqual(missing, []);
  });
});
