import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitAcceptance } from '../../../../src/engine/prompt/acceptance.ts';

/** What the description is, what is left of it, and what says when the task is done. */
const table = [
  ['', '', ''],
  ['Only words about acceptance criteria.', 'Only words about acceptance criteria.', ''],
  ['Acceptance of payments', 'Acceptance of payments', ''],
  ['Do it.\n\nAcceptance: the page loads', 'Do it.', 'Acceptance: the page loads'],
  [
    '- Step\n- Acceptance: loads\n  - and saves\n- More',
    '- Step\n- More',
    '- Acceptance: loads\n  - and saves',
  ],
  ['**Done when**: green\n\nMore.', 'More.', '**Done when**: green'],
  ['**Independent Test:** click it', '', '**Independent Test:** click it'],
  [
    // As a Task Master file's fields are told.
    'Why.\n\nDetails:\nHow.\n\nTest strategy:\nRun it.\n\nTwice.\n\nAcceptance criteria:\n- a\n- b',
    'Why.\n\nDetails:\nHow.',
    'Test strategy:\nRun it.\n\nTwice.\n\nAcceptance criteria:\n- a\n- b',
  ],
  [
    // As the fields of beads are told.
    'Why.\n\nAcceptance criteria:\n- a\n\n- b\n\nNotes:\nAsk first.',
    'Why.\n\nNotes:\nAsk first.',
    'Acceptance criteria:\n- a\n\n- b',
  ],
  [
    '## Description\n\nWhy.\n\n## Acceptance Criteria\n\n- [ ] a\n\n### Later\n\n- [ ] b\n\n## Effort\n\nSmall.',
    '## Description\n\nWhy.\n\n## Effort\n\nSmall.',
    '## Acceptance Criteria\n\n- [ ] a\n\n### Later\n\n- [ ] b',
  ],
] as const;

const LINES = [
  ...['Words.', '- Item', '  - Below it', '## Acceptance criteria', '### Part', '## Other'],
  ...[
    'Acceptance:',
    'Acceptance: it works',
    '- Done when: green',
    'Notes:',
    '**Test strategy**: run',
  ],
];
const written = fc
  .tuple(fc.shuffledSubarray(LINES), fc.array(fc.boolean(), { maxLength: 11 }))
  .map(([lines, gaps]) =>
    lines.flatMap((line, place) => (gaps[place] === true ? ['', line] : line)),
  );

describe('The acceptance criteria of a task', () => {
  it('and the description have every line of what was written between them, in its order', () => {
    const said = (text: string): string[] => text.split('\n').filter((each) => each.trim() !== '');
    fc.assert(
      fc.property(written, (lines) => {
        const { description, acceptance } = splitAcceptance(lines.join('\n'));
        const [kept, taken] = [said(description), said(acceptance)];
        for (const each of lines.filter((line) => line !== '')) {
          const from = kept[0]?.trim() === each.trim() ? kept : taken;
          assert.equal(from.shift()?.trim(), each.trim());
        }
        assert.deepEqual([kept, taken], [[], []]);
      }),
    );
  });

  for (const [text, description, acceptance] of table) {
    it(`are taken out of ${JSON.stringify(text)}`, () => {
      assert.deepEqual(splitAcceptance(text), { description, acceptance });
      assert.deepEqual(splitAcceptance(text.replaceAll('\n', '\r\n')), { description, acceptance });
    });
  }
});
