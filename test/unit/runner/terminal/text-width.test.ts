import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {
  firstColumns,
  fit,
  graphemes,
  lastColumns,
  NARROW,
  textWidth,
  wrap,
} from '../../../../src/runner/terminal/text-width.ts';
import { visible } from '../../../../src/runner/terminal/visible.ts';

describe('the width of text in a terminal', () => {
  it('measures letters, combining marks and East Asian characters', () => {
    assert.deepEqual(['abc', 'é', 'e\u0301', '漢字', '😀'].map(textWidth), [3, 1, 1, 4, 2]);
    assert.deepEqual(['', ' ', '한국어', 'ｶﾞ', '│ ╭ …'].map(textWidth), [0, 1, 6, 2, 5]);
  });

  it('measures emoji with two columns, however many code points they have', () => {
    const emoji = ['✅', '❌', '⚡', '✨', '⏳', '🚀', '⚠️', '🛠️', '🪄', '1️⃣', '👍🏽', '👩‍💻', '🇪🇺'];
    assert.deepEqual(
      emoji.map((each) => [each, textWidth(each)]),
      emoji.map((each) => [each, 2]),
    );
    assert.deepEqual(['a✅b', '✓', '✗', '→'].map(textWidth), [4, 1, 1, 1]);
  });

  it('measures plain text as `string-width` does, without loading its tables', () => {
    for (let code = 0; code <= 0xffff; code += 1) {
      const character = String.fromCharCode(code);
      if (NARROW.test(character)) {
        assert.equal(stringWidth(character), 1, `U+${code.toString(16)}`);
      }
    }
    assert.match('Größe: 3 × “a” – ┌─┐ … Задача', NARROW);
    assert.doesNotMatch('1\u20e3', NARROW);
  });

  it('measures no columns for what a terminal does not print', () => {
    assert.deepEqual(['\u001b[31mred\u001b[0m', '\u200b', '\u0301'].map(textWidth), [3, 0, 0]);
    assert.equal(textWidth(visible('\u001b[31m')), 5);
  });

  it('never cuts a character in two that has several code points', () => {
    assert.deepEqual(graphemes('e\u0301👩‍💻\r\n'), ['e\u0301', '👩‍💻', '\r\n']);
    assert.equal(fit('👩‍💻👩‍💻👩‍💻', 5), '👩‍💻👩‍💻…');
    assert.equal(fit('👩‍💻👩‍💻👩‍💻', 4), '👩‍💻…');
    assert.deepEqual(wrap('👍🏽 👍🏽👍🏽', 5), ['👍🏽', '👍🏽👍🏽']);
    assert.deepEqual(wrap('⚠️⚠️⚠️', 3), ['⚠️', '⚠️', '⚠️']);
    assert.equal(firstColumns('a👩‍💻b', 2), 'a');
    assert.equal(lastColumns('a👩‍💻b', 2), 'b');
    assert.equal(lastColumns('a👩‍💻b', 3), '👩‍💻b');
  });

  it('fits text into any width, cut with an ellipsis', () => {
    assert.equal(fit('short', 10), 'short');
    assert.equal(fit('much too long', 8), 'much to…');
    assert.equal(fit('漢字漢字', 5), '漢字…');
  });

  it('wraps at blanks, never wider than asked, and loses nothing but blanks', () => {
    assert.deepEqual(wrap('one two three', 8), ['one two', 'three']);
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 20 }), (words, columns) => {
        const lines = wrap(words, columns);
        const plain = (value: string): string => value.replace(/\s/g, '');
        assert.equal(plain(lines.join('')), plain(words));
        for (const line of lines) {
          const shown = line.trimEnd();
          const fits = textWidth(shown) <= columns || graphemes(shown).length === 1;
          assert.ok(fits, JSON.stringify(line));
        }
      }),
    );
  });
});
