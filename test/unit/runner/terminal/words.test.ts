import { strict as assert } from 'node:assert';
import { visible } from '../../../../src/runner/terminal/visible.ts';
import { duration, usageWords } from '../../../../src/runner/terminal/words.ts';
import { describeClock } from '../../../../src/shared/words/durations.ts';

describe('words in the terminal', () => {
  it('tell times as people do', () => {
    assert.deepEqual([0, 7_900, 65_000, 3_723_000].map(describeClock), [
      '0:00',
      '0:07',
      '1:05',
      '1:02:03',
    ]);
    assert.deepEqual([400, 30_000, 72_000].map(duration), ['0.4 s', '30 s', '1 min 12 s']);
  });

  it('tell tokens and cost, and no cost where the agent tells none', () => {
    const usage = { inputTokens: 12_400, outputTokens: 999, costUsd: 0.114 };
    assert.deepEqual(usageWords(usage), ['12.4k in / 999 out', '$0.11']);
    assert.deepEqual(usageWords({ ...usage, inputTokens: 2_500_000, costUsd: null }), [
      '2.5M in / 999 out',
    ]);
  });

  it('show characters that would steer the terminal instead of sending them', () => {
    const text = String.fromCodePoint(0, 7, 27, 127, 0x9b, 0x202e, 0x2028);
    assert.equal(visible(text), '␀␇␛␡\\u009b\\u202e\\u2028');
    assert.equal(visible('漢字 ünï 😀'), '漢字 ünï 😀');
  });
});
