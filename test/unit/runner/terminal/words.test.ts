import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { fit, textWidth, wrap } from '../../../../src/runner/terminal/text-width.ts';
import { visible } from '../../../../src/runner/terminal/visible.ts';
import { clock, duration, usageWords } from '../../../../src/runner/terminal/words.ts';

describe('words in the terminal', () => {
  it('tell times as people do', () => {
    assert.deepEqual([0, 7_900, 65_000, 3_723_000].map(clock), ['0:00', '0:07', '1:05', '1:02:03']);
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

  it('know how wide they are', () => {
    assert.deepEqual(['abc', 'é', 'e\u0301', '漢字', '😀'].map(textWidth), [3, 1, 1, 4, 2]);
  });

  it('fit into any width, cut with an ellipsis', () => {
    assert.equal(fit('short', 10), 'short');
    assert.equal(fit('much too long', 8), 'much to…');
    assert.equal(fit('漢字漢字', 5), '漢字…');
  });

  it('wrap at blanks, never wider than asked, and lose nothing but blanks', () => {
    assert.deepEqual(wrap('one two three', 8), ['one two', 'three']);
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 20 }), (words, columns) => {
        const lines = wrap(words, columns);
        const plain = (value: string): string => value.replace(/\s/g, '');
        assert.equal(plain(lines.join('')), plain(words));
        for (const line of lines) {
          assert.ok(textWidth(line.trimEnd()) <= columns, JSON.stringify(line));
        }
      }),
    );
  });
});
