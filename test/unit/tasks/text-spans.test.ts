import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blank } from '../../../src/coordinator/plan/markers/marked-text.ts';
import { parseMarkers } from '../../../src/coordinator/plan/markers/markers.ts';
import { parsedSpans } from '../../../src/tasks/json/described.ts';
import { type TextSpans, textSpans } from '../../../src/tasks/markdown/inline/plain-spans.ts';

const bullet = fc.constantFrom(
  '',
  '',
  '',
  '- ',
  '* ',
  '1. ',
  '12)  ',
  '> ',
  '# ',
  '-     ',
  '-\t',
  '- - ',
);
const indent = fc.constantFrom('', '', '', ' ', '   ', '    ', '     ', '\t', '      ');
const words = fc.constantFrom(
  '',
  'text',
  'see `src/a.ts`',
  '`` a ` b `` and ` c `',
  '[P:Group-a]',
  '(depends on T1)',
  'a `b',
  '\\`a`b`',
  'a \\[b](c) `d`',
  '<b>`x`</b>',
  'Promise<string> `x`',
  '<info added on 2025-01-01T10:00:00Z> `x`',
  '<div> `x`',
  '<!-- `x` -->',
  '<!-- open',
  '-->',
  '[a](b.md) `x`',
  '![a](b.md)',
  '[a]: b.md',
  '[a] and [a][b] `x`',
  'string[]: `x`',
  '<https://example.org/`x`>',
  '```',
  '```ts',
  '~~~',
  '````',
  '``` `x`',
  '---',
  '===',
  '-',
  '**Files:** `src/b.ts`',
  '**bold** `x`',
  '| a | `b` |',
  'a < b `x` > c',
);
const line = fc
  .tuple(indent, bullet, words, fc.constantFrom('', '', '  '))
  .map((parts) => parts.join(''));
const text = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom('\n', '\n', '\r\n', '\r'))
  .map(([lines, end]) => lines.join(end));

/** All that is looked for in a text. */
const marks = (source: string, { code, hidden }: TextSpans) => {
  const visible = blank(source, hidden);
  const inOrder = code.toSorted((a, b) => a.start - b.start);
  return { code: inOrder, markers: parseMarkers({ text: visible, code: inOrder }) };
};

describe('a quick look at the lines of a text', function () {
  this.timeout(60_000);
  it('finds the code, and what is no text, that parsing it as Markdown finds', () => {
    fc.assert(
      fc.property(text, (source) => {
        const quick = textSpans(source, parsedSpans);
        assert.deepEqual(marks(source, quick), marks(source, parsedSpans(source)));
      }),
      { numRuns: 500 },
    );
  });

  it('parses no text that has nothing but paragraphs, lists and fenced code', () => {
    const plain = [
      'Change `src/a.ts`, [P:Group-a] and `b`:',
      '',
      '1. First `x`',
      '   - nested `y`',
      '    continued',
      '',
      '```ts',
      'const a: Array<string> = [`[P:Group-b]`](x);',
      '```',
      'A Promise<string>, and a < b.',
    ].join('\n');
    const { code, hidden } = textSpans(plain, () => assert.fail('it was parsed'));
    assert.deepEqual(
      code.map(({ value }) => value),
      ['src/a.ts', 'b', 'x', 'y'],
    );
    assert.equal(hidden.length, 2);
  });
});
