import assert from 'node:assert/strict';
import { addDependencyEdits, removeDependencyEdits } from '../../../../src/tasks/plan-edits.ts';
import { edited, pathOf, taskOf } from '../../../support/plan-edit-tables.ts';

type Row = readonly [title: string, before: string, id: string, after: string];

const removals: readonly Row[] = [
  ['the only one with its marker', '- [ ] T1 A (depends on T2) b', 'T2', '- [ ] T1 A b'],
  ['the first', '- [ ] T1 A (depends on T2, T3)', 'T2', '- [ ] T1 A (depends on T3)'],
  [
    'the last, with its remark',
    '- [ ] T1 A (depends on T2 and `T3` for x)',
    'T3',
    '- [ ] T1 A (depends on T2)',
  ],
  [
    'one that is written twice',
    '- [ ] T1 A (depends on T2, T2, T3)',
    'T2',
    '- [ ] T1 A (depends on T3)',
  ],
  [
    'one of two markers',
    '- [ ] T1 A (depends on T2)\r\n  (depends on T2, T3)',
    'T2',
    '- [ ] T1 A\r\n  (depends on T3)',
  ],
  ['nothing that is not there', '- [ ] T1 A (depends on T2)', 'T9', '- [ ] T1 A (depends on T2)'],
  [
    'an element with its comma',
    '[{"id":"T1","title":"A","dependencies":["T2", "T3"]}]',
    'T2',
    '[{"id":"T1","title":"A","dependencies":["T3"]}]',
  ],
  [
    'the only element',
    '[{"id":"T1","title":"A","dependencies":[\n "T2"\n]}]',
    'T2',
    '[{"id":"T1","title":"A","dependencies":[\n \n]}]',
  ],
  [
    'elements and markers',
    '[{"id":"T1","title":"A (depends on 2)","dependencies":[1, 2, 3, 2]}]',
    '2',
    '[{"id":"T1","title":"A","dependencies":[1, 3]}]',
  ],
];

const additions: readonly Row[] = [
  [
    'a marker at the end of the line',
    '- [ ] T1 A\r\n  more',
    'T2',
    '- [ ] T1 A (depends on T2)\r\n  more',
  ],
  [
    'to the marker that is there',
    '- [ ] T1 A (depends on T2 for x)',
    'T3',
    '- [ ] T1 A (depends on T2 for x, T3)',
  ],
  ['nothing twice', '- [ ] T1 A (depends on T2)', 'T2', '- [ ] T1 A (depends on T2)'],
  [
    'below a command',
    '- [ ] T1 A\n  `run: make`',
    'T2',
    '- [ ] T1 A (depends on T2)\n  `run: make`',
  ],
  [
    'an element',
    '[{"id":"T1","title":"A","dependencies":["T2","T3"]}]',
    'T4',
    '[{"id":"T1","title":"A","dependencies":["T2","T3","T4"]}]',
  ],
  [
    'to an empty list',
    '[{"id":"T1","title":"A","dependencies":[]}]',
    'a#"b"',
    '[{"id":"T1","title":"A","dependencies":["a#\\"b\\""]}]',
  ],
  [
    'a list',
    '[{"id":"T1", "title":"A (depends on T2)"}]',
    'T3',
    '[{"id":"T1", "title":"A (depends on T2)", "dependencies":["T3"]}]',
  ],
  [
    'a number where ids are numbers',
    '[{"id":"T1","title":"A","dependencies":[1]},{"id":2,"title":"B"}]',
    '2',
    '[{"id":"T1","title":"A","dependencies":[1, 2]},{"id":2,"title":"B"}]',
  ],
];

describe('the edits of dependencies', () => {
  for (const [title, before, id, after] of removals) {
    it(`remove ${title}`, () => {
      const edits = removeDependencyEdits(before, pathOf(before), taskOf(before, 'T1'), id);
      assert.equal(edited(before, edits), after);
    });
  }
  for (const [title, before, id, after] of additions) {
    it(`add ${title}`, () => {
      const edits = addDependencyEdits(before, pathOf(before), taskOf(before, 'T1'), id);
      assert.equal(edited(before, edits), after);
    });
  }

  it('refuse that a task waits for itself', () => {
    const text = '- [ ] T1 A';
    const edits = addDependencyEdits(text, 'tasks.md', taskOf(text, 'T1'), 'T1');
    assert.equal(edited(text, edits), 'refused: “T1” cannot wait for itself.');
  });

  it('refuse an id that would be read as something else', () => {
    const text = '- [ ] T1 A';
    const edits = addDependencyEdits(text, 'tasks.md', taskOf(text, 'T1'), 'a, b');
    assert.match(edited(text, edits), /^refused: /);
  });
});
