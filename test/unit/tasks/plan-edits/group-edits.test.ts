import assert from 'node:assert/strict';
import { groupEdits } from '../../../../src/tasks/plan-edits.ts';
import { edited, pathOf, taskOf } from '../../../support/plan-edit-tables.ts';

const move = (text: string, names: readonly string[], group: string | null) =>
  edited(
    text,
    groupEdits(
      text,
      pathOf(text),
      names.map((name) => taskOf(text, name)),
      group,
    ),
  );

type Row = readonly [
  title: string,
  before: string,
  task: string,
  group: string | null,
  after: string,
];

const rows: readonly Row[] = [
  ['puts the marker behind the id', '- [ ] T1 Do it', 'T1', 'a', '- [ ] T1 [P:Group-a] Do it'],
  [
    'puts it behind a bracketed id',
    '- [ ] [T12]: Do it',
    'T12',
    'a',
    '- [ ] [T12]: [P:Group-a] Do it',
  ],
  [
    'puts it behind a bold id',
    '- [ ] **1.2** Do it',
    '1.2',
    'a',
    '- [ ] **1.2** [P:Group-a] Do it',
  ],
  [
    'puts it behind the box without an id',
    '* [ ]  Do it\r\n',
    'Do it',
    'a',
    '* [ ]  [P:Group-a] Do it\r\n',
  ],
  [
    'leaves the markers of others alone',
    '- [ ] T012 [P] [US1] Create `src/a.py`',
    'T012',
    'a',
    '- [ ] T012 [P:Group-a] [P] [US1] Create `src/a.py`',
  ],
  [
    'changes the id of a marker only',
    '- [ ] T1 A [p:GROUP-old] b',
    'T1',
    'ü.2',
    '- [ ] T1 A [p:GROUP-ü.2] b',
  ],
  [
    'changes the marker in a description',
    '- [ ] T1 A\n  see [P:Group-old].',
    'T1',
    'new',
    '- [ ] T1 A\n  see [P:Group-new].',
  ],
  [
    'marks a nested task',
    '- [ ] T1 A\r\n  - [ ] T2 B',
    'T2',
    'a',
    '- [ ] T1 A\r\n  - [ ] T2 [P:Group-a] B',
  ],
  [
    'gives a marker its own line where a command has the first',
    '  - [ ] `run: make`\r\n',
    'make',
    'a',
    '  - [ ] `run: make`\r\n    [P:Group-a]\r\n',
  ],
  ['removes a marker with one space', '- [ ] T1 [P:Group-a] Do it', 'T1', null, '- [ ] T1 Do it'],
  ['removes a marker at the end', '- [ ] T1 Do it [P:Group-a]\n', 'T1', null, '- [ ] T1 Do it\n'],
  ['removes a marker without space', '- [ ] T1 (a)[P:Group-a](b', 'T1', null, '- [ ] T1 (a)(b'],
  [
    'removes a line that only says the group',
    '- [ ] T1 A\n  [P:Group-a]\n  more',
    'T1',
    null,
    '- [ ] T1 A\n  more',
  ],
  [
    'removes markers that did not count, too',
    '- [ ] T1 A [P:Group-a] [P:Group-b]',
    'T1',
    null,
    '- [ ] T1 A',
  ],
  ['leaves an unmarked task alone', '- [ ] T1 A', 'T1', null, '- [ ] T1 A'],
  [
    'refuses a removal after which there is no task',
    '- [ ] [P:Group-a]',
    '(no text)',
    null,
    'refused: “no-text-8b9863” ((no text)) is written in a way that cannot be changed without changing something else of the plan, so nothing was changed. Edit it by hand.',
  ],
  [
    'refuses a group with a space',
    '- [ ] T1 A',
    'T1',
    'a b',
    'refused: The name of a group has no spaces and no “]”. Use hyphens, such as “data-models”.',
  ],
  [
    'puts the marker in front of a JSON title',
    '[{"id":1,"description":"B","title":"A"}]',
    '1',
    'x"\\',
    '[{"id":1,"description":"B","title":"[P:Group-x\\"\\\\] A"}]',
  ],
  [
    'puts it in front of the description without a title',
    '{"tasks": [{"id":"t", "description" : "\\u0041"}]}',
    't',
    'a',
    '{"tasks": [{"id":"t", "description" : "[P:Group-a] \\u0041"}]}',
  ],
  [
    'changes it where it stands in JSON, whatever its spelling',
    '[{"id":"t","title":"A","description":"\\n\\u005bP:Group-\\u0061]"}]',
    't',
    'b',
    '[{"id":"t","title":"A","description":"\\n\\u005bP:Group-b]"}]',
  ],
  [
    'does not spoil code at the beginning of a description',
    '[{"id":"t","description":"    [Files: x.ts]"}]',
    't',
    'a',
    '[{"id":"t","description":"[P:Group-a]\\n\\n    [Files: x.ts]"}]',
  ],
  [
    'gives a task without words a description',
    '[\n  {\n    "id": "t",\n    "run": "make"\n  }\n]',
    't',
    'a',
    '[\n  {\n    "id": "t",\n    "run": "make",\n    "description": "[P:Group-a]"\n  }\n]',
  ],
  [
    'removes it from JSON with one space',
    '[{"id":"t","title":"A [P:Group-a]"}]',
    't',
    null,
    '[{"id":"t","title":"A"}]',
  ],
];

describe('the edits that move a task to another group', () => {
  for (const [title, before, task, group, after] of rows) {
    it(title, () => {
      assert.equal(move(before, [task], group), after);
    });
  }

  it('move several tasks at once, those that are nested too', () => {
    const text = '- [ ] T1 A\n  - [ ] T2 B [P:Group-x]\n- [ ] T3 C\n';
    const after = '- [ ] T1 [P:Group-a] A\n  - [ ] T2 B [P:Group-a]\n- [ ] T3 C\n';
    assert.equal(move(text, ['T1', 'T2', 'T1'], 'a'), after);
  });

  it('find a task that was renumbered meanwhile', () => {
    const known = taskOf('- [ ] T1 A\n- [ ] T2 B', 'T1');
    const now = '\uFEFF- [ ] T0 New\n- [ ] T2 A\n- [ ] T3 B';
    const edits = groupEdits(now, 'tasks.md', [known], 'a');
    assert.equal(edited(now, edits), '\uFEFF- [ ] T0 New\n- [ ] T2 [P:Group-a] A\n- [ ] T3 B');
  });

  it('refuse a task that is gone, and say so', () => {
    const known = taskOf('- [ ] T1 A', 'T1');
    const now = '- [ ] T1 Something else';
    assert.match(
      edited(now, groupEdits(now, 'tasks.md', [known], 'a')),
      /^refused: “T1” is no longer/,
    );
  });
});
