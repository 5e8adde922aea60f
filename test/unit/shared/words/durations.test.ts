import { strict as assert } from 'node:assert';
import {
  describeAgo,
  describeClock,
  describeDuration,
  plural,
} from '../../../../src/shared/words/durations.ts';

describe('times in words', () => {
  it('says durations', () => {
    const rows = [
      [400, '0 s'],
      [42_000, '42 s'],
      [72_000, '1 min 12 s'],
      [7_500_000, '2 h 5 min'],
      [-5, '0 s'],
    ] as const;
    for (const [ms, words] of rows) {
      assert.equal(describeDuration(ms), words);
    }
  });

  it('says clocks', () => {
    const rows = [
      [4_000, '0:04'],
      [72_000, '1:12'],
      [3_722_000, '1:02:02'],
      [36_000_000, '10:00:00'],
    ] as const;
    for (const [ms, words] of rows) {
      assert.equal(describeClock(ms), words);
    }
  });

  it('says how long ago', () => {
    const rows = [
      [59_000, 'just now'],
      [180_000, '3 min ago'],
      [7_200_000, '2 h ago'],
      [432_000_000, '5 days ago'],
    ] as const;
    for (const [ms, words] of rows) {
      assert.equal(describeAgo(ms), words);
    }
  });

  it('counts', () => {
    assert.deepEqual([plural(1, 'task'), plural(3, 'task')], ['1 task', '3 tasks']);
  });
});
