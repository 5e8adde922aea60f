import assert from 'node:assert/strict';
import { outlineOf } from '../../../../src/tasks/read/outline-of.ts';
import { selectedTasks } from '../../../../src/views/editor/moving/selected-tasks.ts';
import { OutlinedPlan } from '../../../../src/views/editor/plan/outlined-plan.ts';

/** Which tasks are meant; `‹` and `›` mark selections, `|` cursors. */
function meant(marked: string): readonly string[] {
  const text = marked.replace(/[‹›|]/g, '');
  const selections: { start: number; end: number }[] = [];
  let offset = 0;
  for (const character of marked) {
    if (character === '‹' || character === '|') {
      selections.push({ start: offset, end: offset });
    } else if (character === '›') {
      const open = selections.at(-1) ?? assert.fail();
      selections.splice(-1, 1, { ...open, end: offset });
    } else {
      offset += 1;
    }
  }
  const path = /^\s*[[{]/.test(text) ? 'tasks.json' : 'tasks.md';
  const outline = outlineOf(text, path) ?? assert.fail();
  return selectedTasks(new OutlinedPlan(outline), text, selections).map(({ id }) => id);
}

const rows: readonly (readonly [title: string, marked: string, ids: readonly string[]])[] = [
  ['the task of the line that the cursor is in', '- [ ] T1 A\n- [ ] T2 |B\n', ['T2']],
  ['the task whose description the cursor is in', '- [ ] T1 A\n  mo|re\n- [ ] T2 B', ['T1']],
  ['the nested task for a cursor in its indentation', '- [ ] T1 A\n| - [ ] T2 B', ['T2']],
  ['the outer task alone for a cursor in its line', '- [ ] T1 A|\n  - [ ] T2 B', ['T1']],
  [
    'all tasks of a selection',
    '- [ ] T1 ‹A\n- [ ] T2 B\n- [ ] T3› C\n- [ ] T4 D',
    ['T1', 'T2', 'T3'],
  ],
  ['no task in whose line a selection only ends', '‹- [ ] T1 A\n›- [ ] T2 B', ['T1']],
  [
    'the tasks of several cursors, each once',
    '- [ ] T1 |A|\n- [ ] T2 B\n- [ ] T3| C',
    ['T1', 'T3'],
  ],
  ['tasks below a heading that is selected too', '‹# Plan\n\n- [ ] T1 A›\n', ['T1']],
  ['no task for a cursor beside them', '# Pl|an\n\n- [ ] T1 A\n', []],
  ['the object around the cursor', '[{"id":"a","title":"A"},{"id":"b","ti|tle":"B"}]', ['b']],
  ['the objects of a selection', '[{"id":"a",‹"title":"A"},\n{"id":"b"›,"title":"B"}]', ['a', 'b']],
];

describe('the tasks that a selection in a plan means', () => {
  for (const [title, marked, ids] of rows) {
    it(`are ${title}`, () => {
      assert.deepEqual(meant(marked), ids);
    });
  }
});
