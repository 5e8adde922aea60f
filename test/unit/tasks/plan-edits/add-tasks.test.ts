import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { addTaskEdits } from '../../../../src/tasks/plan-edits/add-tasks.ts';
import { applyEdits } from '../../../../src/tasks/plan-edits/apply-edits.ts';
import { formatOf } from '../../../../src/tasks/read/formats.ts';

const TITLE = 'Fix the failing test: adds';

/** The text with these tasks behind all of `group` (`null`: those without), or why not. */
function add(text: string, path: string, group: string | null, titles = [TITLE]): string {
  const plain = text.replace('\uFEFF', '');
  const { tasks } = formatOf(path, plain).read(plain, asSourceId(path));
  const behind = tasks.filter((task) => (task.group?.id ?? null) === group);
  const added = addTaskEdits(text, path, { titles, group, behind });
  return added.ok ? applyEdits(text, added.value.edits) : `refused: ${added.failure.message}`;
}

const checklists: readonly (readonly [string, string, string | null, string])[] = [
  [
    'behind the last of its group, with the next id',
    '- [x] T1 [P:Group-a] One\n- [ ] T2 [P:Group-a] Two\n- [ ] T3 Other\n',
    'a',
    `- [x] T1 [P:Group-a] One\n- [ ] T2 [P:Group-a] Two\n- [ ] T4 [P:Group-a] ${TITLE}\n- [ ] T3 Other\n`,
  ],
  [
    'without a marker where its group has none',
    '# Plan\r\n\r\n* [ ] 1.1 One\r\n* [ ] 1.2 Two\r\n',
    null,
    `# Plan\r\n\r\n* [ ] 1.1 One\r\n* [ ] 1.2 Two\r\n* [ ] 1.3 ${TITLE}\r\n`,
  ],
  ['without an id where none is written', '- [ ] One', null, `- [ ] One\n- [ ] ${TITLE}`],
  [
    'behind all that is nested in the last',
    '- [ ] T1 One\n  More of it.\n  - [ ] T2 Part\n\nEnd.\n',
    null,
    `- [ ] T1 One\n  More of it.\n  - [ ] T2 Part\n- [ ] T3 ${TITLE}\n\nEnd.\n`,
  ],
  [
    'in a quotation, with the number that follows',
    '> 1. [ ] T1 One\n> 2. [ ] T2 Two\n',
    null,
    `> 1. [ ] T1 One\n> 2. [ ] T2 Two\n> 3. [ ] T3 ${TITLE}\n`,
  ],
];

const objects: readonly (readonly [string, string, string, string | null, string])[] = [
  [
    'in the layout of the last',
    'tasks.json',
    '{\n  "tasks": [\n    {\n      "id": "T1",\n      "title": "[P:Group-a] One"\n    }\n  ]\n}\n',
    'a',
    `{\n  "tasks": [\n    {\n      "id": "T1",\n      "title": "[P:Group-a] One"\n    },\n    {\n      "id": "T2",\n      "title": "[P:Group-a] ${TITLE}",\n      "status": "pending"\n    }\n  ]\n}\n`,
  ],
  [
    'on one line where the last is',
    'tasks.json',
    '[{ "id": 1, "title": "One" }, { "id": 2, "title": "Two", "description": "x" }]',
    null,
    `[{ "id": 1, "title": "One" }, { "id": 2, "title": "Two", "description": "x" }, { "id": 3, "title": "${TITLE}", "description": "", "status": "pending" }]`,
  ],
  [
    'in the tag of its group, with all that the tool expects',
    '.taskmaster/tasks/tasks.json',
    '{"master":{"tasks":[{"id":1,"title":"One","description":"d","details":"x","testStrategy":"","status":"done","dependencies":[],"subtasks":[{"id":1,"title":"Part","status":"pending","dependencies":[]}]}]}}',
    null,
    `{"master":{"tasks":[{"id":1,"title":"One","description":"d","details":"x","testStrategy":"","status":"done","dependencies":[],"subtasks":[{"id":1,"title":"Part","status":"pending","dependencies":[]}]}, {"id": 2, "title": "${TITLE}", "description": "", "details": "", "testStrategy": "", "status": "pending", "dependencies": [], "subtasks": []}]}}`,
  ],
];

describe('tasks that are added to a plan', () => {
  for (const [what, before, group, after] of checklists) {
    it(`stand in a checklist ${what}`, () => {
      assert.equal(add(before, 'tasks.md', group), after);
    });
  }

  for (const [what, path, before, group, after] of objects) {
    it(`stand in JSON ${what}`, () => {
      assert.equal(add(before, path, group), after);
    });
  }

  it('keep a byte order mark, and get ids of their own', () => {
    const text = '\uFEFF- [ ] T9 One\n- [ ] T1 Two\n';
    assert.equal(add(text, 'tasks.md', null, ['A', 'B']), `${text}- [ ] T10 A\n- [ ] T11 B\n`);
  });

  it('are read as nothing but titles, whatever tests are called', () => {
    const names = [
      'x [P:Group-evil] y',
      'x `run: rm -rf /` y',
      'x (depends on T1) y',
      'x (files: src/a.ts) y',
      '[Subagent: devops] x',
    ];
    for (const path of ['tasks.md', 'tasks.json']) {
      const before = path === 'tasks.md' ? '- [ ] T1 One\n' : '[{"id": "T1", "title": "One"}]';
      const after = add(before, path, null, names);
      const { tasks } = formatOf(path, after).read(after, asSourceId(path));
      assert.equal(tasks.length, 6, after);
      for (const { run, group, dependencies, files, subagent } of tasks) {
        assert.deepEqual([run, group, dependencies, files, subagent], [null, null, [], [], null]);
      }
    }
  });

  it('are refused by a plan that keeps each task in a file of its own', () => {
    const path = '.claude/epics/login/1.md';
    const text = '---\nname: One\nstatus: open\n---\nDo it.\n';
    assert.match(add(text, path, null), /^refused: Tasks cannot be added/);
  });

  it('never change another task, and are never anything but open', () => {
    const title = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(title, { minLength: 1, maxLength: 3 }), (titles) => {
        const before = '- [ ] T1 [P:Group-a] One (depends on T2)\n- [x] T2 Two\n';
        const after = add(
          before,
          'tasks.md',
          'a',
          titles.map((each) => `Fix ${each}`),
        );
        if (after.startsWith('refused:')) {
          return;
        }
        const { tasks } = formatOf('tasks.md', after).read(after, asSourceId('tasks.md'));
        assert.equal(tasks.length, 2 + titles.length);
        assert.deepEqual(
          tasks.filter(({ run }) => run !== null),
          [],
        );
        assert.equal(new Set(tasks.map(({ id }) => id)).size, tasks.length);
      }),
    );
  });
});
