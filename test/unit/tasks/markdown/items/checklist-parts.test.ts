import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Span } from '../../../../../src/coordinator/plan/markers/marked-text.ts';
import type { ChecklistItem } from '../../../../../src/tasks/markdown/items/checklist-item.ts';
import {
  checklistItems,
  parsedItems,
} from '../../../../../src/tasks/markdown/items/checklist-items.ts';
import { withoutFrontMatter } from '../../../../../src/tasks/markdown/items/parse-tree.ts';

const bullet = fc.constantFrom(
  '- [ ] ',
  '- [ ] ',
  '- [x] ',
  '* [X] ',
  '1. [ ] ',
  '2. [ ] ',
  '3) [ ] ',
  '- [-] ',
  '+ [] ',
  '- ',
  '1. ',
  '7. ',
  '',
  '',
  '> ',
  '> - [ ] ',
  '- - [ ] ',
  '-     [ ] ',
  '-\t[ ] ',
  '- [ ]\t',
  '- [\t] ',
  '## ',
  '#',
);
const indent = fc.constantFrom('', '', '', '  ', '  ', '    ', ' ', '   ', '      ', '\t');
const words = fc.constantFrom(
  'Build it',
  'Build it',
  'T012 [P:Group-a] Build it',
  'größe 🚀 «x»',
  'edit `src/a.ts`',
  '**Bold** and _this_, a_b_c 2 * 3',
  '**Bold:** `x`',
  '**open',
  '*.ts',
  'closed**',
  '__init__ **a _b_ c**',
  '\\*no\\* \\a `\\`',
  'a `b',
  '[a](b.md)',
  '[x] y',
  '![i](j.png)',
  'a <!-- b -->',
  '<!-- [ ] b -->',
  '<!-- open',
  '-->',
  '<details>',
  '</details>',
  'Promise<string> a < b <https://x.org>',
  '<info added on 2025-01-01>',
  '```',
  '~~~ts',
  '| a | b |',
  '|---|---|',
  '---',
  '***',
  '===',
  '- [ ]',
  '12. x',
  '',
  '',
  ' ',
  'text  ',
  'text\\',
  '#12 fix',
  '+1',
  '[a]: b.md',
  'C:\\dir &amp; &#35;',
  '2021. A year',
  '\u00a0nbsp',
);
const line = fc.tuple(indent, bullet, words).map((parts) => parts.join(''));
const start = fc.constantFrom(
  '',
  '',
  '',
  '---\ntitle: x\n---\n',
  '---\n- [ ] a\n---\n',
  '# Plan\n\n',
);
const plan = fc
  .tuple(start, fc.array(line, { maxLength: 14 }), fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'))
  .map(([head, lines, end]) => (head + lines.join('\n')).replaceAll('\n', end));

const byStart = <T extends Span>(spans: readonly T[]): readonly T[] =>
  spans.toSorted((a, b) => a.start - b.start || a.end - b.end);
/** Fenced code that nothing closes ends with its item; the parser lets it reach into the next one. */
const clipped = <T extends Span>(text: string, spans: readonly T[], limit: number): readonly T[] =>
  byStart(
    spans.map((span) => ({
      ...span,
      end: text.slice(0, Math.min(span.end, limit)).replace(/[\r\n]+$/, '').length,
    })),
  );
const limitOf = (items: readonly ChecklistItem[], index: number) => {
  const isWithin = (item: ChecklistItem | null): boolean =>
    item !== null && (item === items[index] || isWithin(item.parent));
  return items.slice(index + 1).find((item) => !isWithin(item))?.start ?? Infinity;
};
const facts = (text: string, items: readonly ChecklistItem[]) =>
  items.map((item, index) => ({
    ...clipped(text, [item], limitOf(items, index))[0],
    parent: item.parent?.box,
    children: item.children.map(({ box }) => box),
    headings: item.headings.map((heading) => heading.trim()),
    code: byStart(item.code),
    hidden: clipped(text, item.hidden, limitOf(items, index)),
    comments: byStart(item.comments),
    formatting: byStart(item.formatting),
  }));

describe('a checklist that is read line by line', function () {
  this.timeout(60_000);
  it('has the items that parsing all of it finds', () => {
    fc.assert(
      fc.property(plan, (text) => {
        assert.deepEqual(
          facts(text, checklistItems(text)),
          facts(text, parsedItems(withoutFrontMatter(text))),
        );
      }),
      { numRuns: 500 },
    );
  });
});
