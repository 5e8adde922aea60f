import assert from 'node:assert/strict';
import { splitAcceptance } from '../../../src/engine/acceptance.ts';

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

describe('The acceptance criteria of a task', () => {
  for (const [text, description, acceptance] of table) {
    it(`are taken out of ${JSON.stringify(text)}`, () => {
      assert.deepEqual(splitAcceptance(text), { description, acceptance });
      assert.deepEqual(splitAcceptance(text.replaceAll('\n', '\r\n')), { description, acceptance });
    });
  }
});
