import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Task } from '../../../../src/coordinator/schema/task.ts';
import { asSourceId } from '../../../../src/shared/ids.ts';
import type { ClosingStatus, TextEdit } from '../../../../src/tasks/format/format.ts';
import { formatOf, planStatusEdit } from '../../../../src/tasks/read/formats.ts';

const apply = (text: string, { offset, length, text: inserted }: TextEdit) =>
  text.slice(0, offset) + inserted + text.slice(offset + length);
const tasksOf = (path: string, text: string) => {
  const plain = text.replace(/^\uFEFF/, '');
  return formatOf(path, plain).read(plain, asSourceId(path)).tasks;
};
const edited = (text: string, task: Task, status: ClosingStatus) => {
  const planned = planStatusEdit(text, task.place.file, task, status);
  assert.ok(planned.ok, planned.ok ? '' : planned.failure.message);
  return planned.value === 'unchanged' ? text : apply(text, planned.value);
};
const bytes = (text: string) => Buffer.from(text, 'utf8');

const word = fc.constantFrom(
  'Build',
  'test',
  'größe',
  '`src/a.ts`',
  '**bold**',
  '🚀',
  '[x]',
  'a_b',
  '#',
  '(y)',
);
const title = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const marker = fc.constantFrom(
  '',
  ' [P:Group-a]',
  ' [Files: b.ts]',
  ' (depends on T1)',
  ' <!-- [ ] -->',
);
const ending = fc.constantFrom('\n', '\r\n', '\r');
const start = fc.constantFrom(
  '',
  '\uFEFF',
  '# Plan\n',
  '---\ntitle: x\n---\n',
  '```\n- [ ] code\n```\n\n',
);
const line = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          '- [ ] ',
          '* [ ] ',
          '- [x] ',
          '  - [ ] ',
          '1. [ ] ',
          '-\t[ ]\t',
          '> - [ ] ',
        ),
        fc.constantFrom('', 'T', '1.'),
        fc.nat(20),
        title,
        marker,
      )
      .map(
        ([box, prefix, number, words, mark]) =>
          `${box}${prefix === '' ? '' : `${prefix}${number} `}${words}${mark}`,
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '## 1. Heading',
      '  more text',
      'prose - [ ] no box',
      '    - [ ] deep',
    ),
  },
);
/** Plans with any mix of line endings, with or without a byte order mark. */
const markdown = fc
  .tuple(start, fc.array(fc.tuple(line, ending), { maxLength: 12 }))
  .map(([head, lines]) => head + lines.map((each) => each.join('')).join(''));

describe('a status that is written into any Markdown plan', () => {
  it('changes one character of it, and nothing but that task when it is read again', () => {
    fc.assert(
      fc.property(markdown, fc.nat(), (text, pick) => {
        const before = tasksOf('tasks.md', text);
        const task = before[pick % Math.max(1, before.length)];
        fc.pre(task !== undefined && before.filter(({ id }) => id === task.id).length === 1);
        const after = edited(text, task, 'completed');
        const differing = [...bytes(text)].filter((byte, index) => bytes(after)[index] !== byte);
        assert.equal(bytes(after).length, bytes(text).length);
        assert.equal(differing.length, task.status.status === 'completed' ? 0 : 1);
        assert.deepEqual(
          tasksOf('tasks.md', after),
          before.map((each) =>
            each.id === task.id && each.status.status !== 'completed'
              ? { ...each, status: { status: 'completed', word: '[x]', launchable: false } }
              : each,
          ),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('finds its task again after any re-ordering and renumbering, or refuses', () => {
    const titles = fc.array(title, { minLength: 1, maxLength: 8 });
    const shuffle = titles.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray([...list.keys()], { minLength: list.length }),
        fc.nat(list.length - 1),
      ),
    );
    fc.assert(
      fc.property(shuffle, ([list, order, pick]) => {
        const plan = (indices: readonly number[]) =>
          indices.map((index, place) => `- [ ] T${place + 1} ${list[index] ?? ''}`).join('\n');
        const before = tasksOf('tasks.md', plan([...list.keys()]));
        const task = before[pick] ?? assert.fail();
        const now = plan(order);
        const planned = planStatusEdit(now, task.place.file, task, 'completed');
        const alone =
          list.filter((_, index) => before[index]?.title.toLowerCase() === task.title.toLowerCase())
            .length === 1;
        if (!planned.ok) {
          assert.ok(!alone, 'a title that only one task has is always found');
          assert.equal(planned.failure.reason, 'ambiguous');
          return;
        }
        assert.notEqual(planned.value, 'unchanged');
        const ticked = tasksOf('tasks.md', edited(now, task, 'completed')).filter(
          ({ status }) => status.status === 'completed',
        );
        assert.deepEqual(
          ticked.map((each) => each.title.toLowerCase()),
          [task.title.toLowerCase()],
        );
      }),
      { numRuns: 300 },
    );
  });
});

const jsonTask = fc.record(
  {
    id: fc.oneof(
      fc.string({ minLength: 1 }).filter((id) => id.trim() !== ''),
      fc.nat(),
    ),
    title: fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `a${text}`),
    status: fc.constantFrom('pending', 'in-progress', 'completed', 'failed', 'odd', null),
    description: fc.string({ unit: 'grapheme' }),
    other: fc.json(),
  },
  { requiredKeys: ['id', 'title'] },
);
/** JSON plans in any indentation and line ending, with or without a byte order mark. */
const json = fc
  .tuple(
    fc.uniqueArray(jsonTask, {
      selector: ({ id }) => String(id).trim(),
      minLength: 1,
      maxLength: 6,
    }),
    fc.constantFrom('', '  ', '\t'),
    fc.constantFrom('\n', '\r\n'),
    fc.constantFrom('', '\uFEFF'),
    fc.boolean(),
  )
  .map(([tasks, indent, end, mark, wrapped]) => {
    const text = JSON.stringify(wrapped ? { version: 1, tasks } : tasks, null, indent);
    return mark + text.replaceAll('\n', end);
  });

/** All that the file says, known keys and others, apart from statuses. */
const withoutStatus = (text: string): unknown =>
  JSON.parse(text.replace(/^\uFEFF/, ''), (key, value: unknown) =>
    key === 'status' ? undefined : value,
  );

describe('a status that is written into any JSON plan', () => {
  it('changes that value and nothing else', () => {
    const status = fc.constantFrom<ClosingStatus>('completed', 'failed', 'cancelled');
    fc.assert(
      fc.property(json, fc.nat(), status, (text, pick, closing) => {
        const before = tasksOf('tasks.json', text);
        const task = before[pick % before.length] ?? assert.fail();
        const planned = planStatusEdit(text, task.place.file, task, closing);
        assert.ok(planned.ok);
        if (planned.value !== 'unchanged') {
          const { offset, length, text: written } = planned.value;
          const replaced = text.slice(offset, offset + length);
          assert.match(replaced + written, /^(?:"[\w-]+"|null)"\w+"$|^,\s*"status": ?"\w+"$/);
        }
        const after = edited(text, task, closing);
        const facts = (tasks: readonly Task[]) =>
          tasks.map((each) => ({ ...each, place: null, status: each.status.status }));
        assert.deepEqual(
          facts(tasksOf('tasks.json', after)),
          facts(before).map((each) => (each.id === task.id ? { ...each, status: closing } : each)),
        );
        assert.deepEqual(withoutStatus(after), withoutStatus(text));
        assert.equal(edited(after, task, closing), after);
      }),
      { numRuns: 300 },
    );
  });
});
