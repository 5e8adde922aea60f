import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { formatOf, planStatusEdit } from '../../../../src/tasks/read/formats.ts';

const tasksOf = (path: string, text: string) => {
  const plain = text.replace(/^\uFEFF/, '');
  return formatOf(path, plain).read(plain, asSourceId(path)).tasks;
};
const words = fc.constantFrom('Build', 'Test it', 'größe `[P]`', 'a (depends on 1.1, T001)', '🚀');
const item = fc
  .tuple(
    fc.constantFrom('- [ ] ', '- [x] ', '- [X] ', '  - [ ] ', '* [ ] ', '- [-] '),
    fc.constantFrom('', 'T', '1.'),
    fc.nat(30),
    fc.constantFrom('', '[P] ', '[US1] ', '[P] [US2] ', '[P:Group-a] [P] '),
    words,
  )
  .map(
    ([box, id, number, labels, title]) =>
      `${box}${id === '' ? '' : `${id}${String(number).padStart(3, '0')} `}${labels}${title}`,
  );
const heading = fc.constantFrom(
  '## Phase 1: Setup',
  '## Phase 2: User Story 1',
  '## 1. Setup',
  '## 2. Build',
  '### Tests',
  '## Polish',
  '## Notes',
  '```',
  '',
);
const plan = fc
  .tuple(
    fc.constantFrom('', '\uFEFF'),
    fc.array(
      fc.tuple(
        fc.oneof({ weight: 3, arbitrary: item }, { weight: 1, arbitrary: heading }),
        fc.constantFrom('\n', '\r\n', '\r'),
      ),
      { maxLength: 14 },
    ),
  )
  .map(([mark, lines]) => mark + lines.map((line) => line.join('')).join(''));

for (const path of ['specs/001-a/tasks.md', 'openspec/changes/a/tasks.md']) {
  describe(`a box that is ticked in any ${path}`, () => {
    it('changes one character, that task, and what others still wait for', () => {
      fc.assert(
        fc.property(plan, fc.nat(), (text, pick) => {
          const before = tasksOf(path, text);
          const task = before[pick % Math.max(1, before.length)];
          fc.pre(task !== undefined && before.filter(({ id }) => id === task.id).length === 1);
          const planned = planStatusEdit(text, path, task, 'completed');
          assert.ok(planned.ok);
          if (planned.value === 'unchanged') {
            assert.equal(task.status.status, 'completed');
            return;
          }
          const { offset, length, text: mark } = planned.value;
          assert.match(`[${text.slice(offset, offset + length)}]→${mark}`, /^\[[ -]\]→x$/);
          const after = text.slice(0, offset) + mark + text.slice(offset + length);
          const facts = (tasks: typeof before, done: boolean) =>
            tasks.map((each) => ({
              ...each,
              dependencies: null,
              status: done && each.id === task.id ? 'completed' : each.status.status,
            }));
          assert.deepEqual(facts(tasksOf(path, after), false), facts(before, true));
          assert.equal(
            tasksOf(path, after).find(({ id }) => id === task.id)?.status.status,
            'completed',
          );
        }),
        { numRuns: 400 },
      );
    });
  });
}
