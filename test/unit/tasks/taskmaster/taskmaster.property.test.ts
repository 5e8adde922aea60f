import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { formatOf, planStatusEdit } from '../../../../src/tasks/read/formats.ts';

const path = asSourceId('.taskmaster/tasks/tasks.json');
const tasksOf = (text: string) => {
  const plain = text.replace(/^\uFEFF/, '');
  return formatOf(path, plain).read(plain, path).tasks;
};

const id = fc.oneof(fc.nat(30), fc.nat(30).map(String), fc.constantFrom('a', 'x-1', 'ü'));
const fields = {
  id,
  title: fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `a${text}`),
  status: fc.constantFrom('pending', 'in-progress', 'done', 'completed', 'odd', null),
  description: fc.string({ unit: 'grapheme' }),
  details: fc.constantFrom('', 'see `src/a.ts`', '"tasks": [{', '\\"', '}]'),
  other: fc.json(),
};
const list = <T extends { readonly id: unknown }>(task: fc.Arbitrary<T>) =>
  fc.uniqueArray(task, { selector: ({ id: own }) => String(own), maxLength: 4 });
const task = fc.record(
  { ...fields, subtasks: list(fc.record(fields, { requiredKeys: ['id', 'title'] })) },
  { requiredKeys: ['id', 'title'] },
);
/** Any indentation and line ending, tags of any name, keys in any order, with or without a byte order mark. */
const plan = fc
  .tuple(
    fc.dictionary(
      fc.oneof(fc.constantFrom('master', '7', 'tasks', 'a"b', '__proto__'), fc.string()),
      fc.record({ metadata: fc.json(), tasks: list(task) }),
      { minKeys: 1, maxKeys: 3 },
    ),
    fc.constantFrom('', '  ', '\t'),
    fc.constantFrom('\n', '\r\n'),
    fc.constantFrom('', '\uFEFF'),
  )
  .map(
    ([tags, indent, end, mark]) => mark + JSON.stringify(tags, null, indent).replaceAll('\n', end),
  );

describe('a status that is written into any plan of Task Master', () => {
  it('changes that value and nothing else', () => {
    fc.assert(
      fc.property(plan, fc.nat(), (text, pick) => {
        const before = tasksOf(text);
        const chosen = before[pick % Math.max(1, before.length)];
        fc.pre(chosen !== undefined);
        fc.pre(before.filter(({ key }) => key === chosen.key).length === 1);
        const planned = planStatusEdit(text, path, chosen, 'completed');
        assert.ok(planned.ok, planned.ok ? '' : planned.failure.message);
        if (planned.value === 'unchanged') {
          assert.equal(chosen.status.status, 'completed');
          return;
        }
        const { offset, length, text: written } = planned.value;
        const replaced = text.slice(offset, offset + length);
        assert.match(replaced + written, /^(?:"[\w-]+"|null)"\w+"$|^,\s*"status": ?"\w+"$/);
        const after = text.slice(0, offset) + written + text.slice(offset + length);
        const facts = (tasks: typeof before) =>
          tasks.map((each) => ({ ...each, place: null, status: each.status.status }));
        assert.deepEqual(
          facts(tasksOf(after)),
          facts(before).map((each) =>
            each.key === chosen.key ? { ...each, status: 'completed' } : each,
          ),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('has every task in the line in which it begins', () => {
    fc.assert(
      fc.property(plan, (text) => {
        const lines = text.split(/\r\n|\n/);
        for (const { place } of tasksOf(text)) {
          assert.match(lines[place.line - 1] ?? '', /\{/);
        }
      }),
      { numRuns: 100 },
    );
  });
});
