import assert from 'node:assert/strict';
import type { OutlinedTask } from '../../../../src/tasks/format/outline.ts';
import { outlineOf } from '../../../../src/tasks/read/outline-of.ts';

interface Expected {
  readonly head?: string;
  readonly id?: string | null;
  readonly group?: string | null;
  readonly others?: readonly string[];
  /** `written|text of its span|what is removed with it` */
  readonly dependencies?: readonly string[];
  readonly files?: readonly string[];
  readonly almost?: readonly string[];
}

/** The first task of a plan, as the texts that its spans cut out. */
function cut(text: string): Expected {
  const outline = outlineOf(text, 'tasks.md');
  assert.ok(outline !== null);
  const [task] = outline.tasks;
  assert.ok(task !== undefined);
  return cutTask(text, task);
}

function cutTask(text: string, task: OutlinedTask): Expected {
  const at = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  return {
    head: at(task.head),
    id: task.idSpan === null ? null : at(task.idSpan),
    group: task.group === null ? null : at(task.group.span),
    others: task.otherGroups.map(({ span }) => at(span)),
    dependencies: task.dependencies.map(
      ({ written, span, removal }) => `${written}|${at(span)}|${at(removal)}`,
    ),
    files: task.files.map(({ path, span }) => `${path}|${at(span)}`),
    almost: task.almostMarkers.map(({ span, suggestion }) => `${at(span)}|${suggestion}`),
  };
}

const cases: readonly (readonly [title: string, text: string, expected: Expected])[] = [
  ['finds a number as id', '- [ ] 1.2 Do it\n', { head: '- [ ] 1.2 Do it', id: '1.2' }],
  ['leaves the hash out of the place of an id', '- [ ] #12 Do it', { id: '12' }],
  ['leaves brackets out of the place of an id', '- [ ] [T012]: Do it', { id: 'T012' }],
  ['finds an id behind a marker', '- [ ] [P:Group-a] T1 Do it', { id: 'T1', group: '[P:Group-a]' }],
  ['finds an id in bold', '- [ ] **T1** Do it', { id: 'T1' }],
  ['has no place for an id made from text', '- [ ] Do it', { id: null }],
  ['takes a bare number that is repeated for no id', '- [ ] 1. A\n- [ ] 1. B', { id: null }],
  ['ends the head before a carriage return', '- [ ] T1 A\r\n  more\r\n', { head: '- [ ] T1 A' }],
  [
    'keeps further group markers apart',
    '- [ ] T1 A [P:Group-a]\n  [p:group-B]',
    { group: '[P:Group-a]', others: ['[p:group-B]'] },
  ],
  [
    'finds a marker in the description, behind a comment',
    '- [ ] T1 A\n  more <!-- [P:Group-x] --> [P:Group-a]',
    { group: '[P:Group-a]' },
  ],
  [
    'does not take the marker of a nested task',
    '- [ ] T1 A\n  - [ ] T2 [P:Group-a]',
    { group: null },
  ],
  ['does not take a quoted marker', '- [ ] T1 `[P:Group-a]`', { group: null }],
  [
    'removes a single dependency with its marker and a space',
    '- [ ] T1 A (depends on T2) more',
    { dependencies: ['T2|T2| (depends on T2)'] },
  ],
  [
    'removes one of several dependencies with its comma',
    '- [ ] T1 A (depends on T2, task T3 for x and `T4`)',
    { dependencies: ['T2|T2|T2, ', 'T3|T3|, task T3 for x', 'T4|T4| and `T4`'] },
  ],
  [
    'removes a line that only says a dependency',
    '- [ ] T1 A\n  (depends on T2)\n  more',
    { dependencies: ['T2|T2|  (depends on T2)\n'] },
  ],
  [
    'removes a last line that only says a dependency',
    '- [ ] T1 A\r\n  (depends on T2)',
    { dependencies: ['T2|T2|\r\n  (depends on T2)'] },
  ],
  [
    'finds files in markers, lines and code',
    '- [ ] T1 A `src/a.ts:3` [Files: ./src/b.ts (new), app/[id]/c.ts]\n  **Files:** `d.ts`, e.ts (edit)',
    {
      files: [
        'src/a.ts|src/a.ts',
        'src/b.ts|src/b.ts',
        'app/[id]/c.ts|app/[id]/c.ts',
        'd.ts|d.ts',
        'e.ts|e.ts',
      ],
    },
  ],
  [
    'finds what is almost a marker',
    '- [ ] T1 A [P: Group-a]',
    { group: null, almost: ['[P: Group-a]|[P:Group-a]'] },
  ],
];

describe('the outline of a checklist', () => {
  for (const [title, text, expected] of cases) {
    it(title, () => {
      const found = cut(text);
      assert.deepEqual({ ...found, ...expected }, found);
    });
  }

  it('spans nested tasks with the task that they are in', () => {
    const text = '- [ ] T1 A\n  - [ ] T2 B\n- [ ] T3 C\n';
    const spans = outlineOf(text, 'tasks.md')?.tasks.map(({ span }) =>
      text.slice(span.start, span.end),
    );
    assert.deepEqual(spans, ['- [ ] T1 A\n  - [ ] T2 B', '- [ ] T2 B', '- [ ] T3 C']);
  });
});
