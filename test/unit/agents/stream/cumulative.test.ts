import { strict as assert } from 'node:assert';
import { usedSince } from '../../../../src/agents/stream/cumulative.ts';

const usage = (
  inputTokens: number,
  outputTokens: number,
  costUsd: number | null,
): Parameters<typeof usedSince>[0] => ({ inputTokens, outputTokens, costUsd });

describe('the usage since a session was resumed', () => {
  it('is everything where there was nothing before', () => {
    assert.deepEqual(usedSince(usage(3, 2, 0.1), null), usage(3, 2, 0.1));
  });

  it('is the difference, to a millionth of a dollar', () => {
    assert.deepEqual(usedSince(usage(430, 80, 0.3), usage(330, 60, 0.1)), usage(100, 20, 0.2));
    const own = { inputTokens: 100, outputTokens: 20 };
    assert.deepEqual(usedSince(usage(430, 80, 0.3), usage(330, 60, 0.1), own), usage(100, 20, 0.2));
  });

  it('is the figure itself where it cannot contain what was before and this attempt as well', () => {
    const before = usage(330, 60, 0.2);
    assert.deepEqual(usedSince(usage(100, 20, 0.1), before), usage(100, 20, 0.1));
    const own = { inputTokens: 340, outputTokens: 70 };
    assert.deepEqual(usedSince(usage(340, 70, 0.3), before, own), usage(340, 70, 0.3));
  });

  it('leaves the cost alone where it was not known', () => {
    assert.deepEqual(usedSince(usage(9, 9, 0.3), usage(3, 3, null)), usage(6, 6, 0.3));
    assert.deepEqual(usedSince(usage(9, 9, null), usage(3, 3, 0.1)), usage(6, 6, null));
    assert.deepEqual(usedSince(usage(9, 9, 0.1), usage(3, 3, 0.2)), usage(6, 6, 0.1));
  });
});
