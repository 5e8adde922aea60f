import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { applyEdits } from '../../../../src/tasks/plan-edits/apply-edits.ts';
import { groupEdits } from '../../../../src/tasks/plan-edits/group-edits.ts';
import { formatOf } from '../../../../src/tasks/read/formats.ts';
import { checklists, jsonPlans } from '../../../support/arbitrary-plans.ts';

const plans = [
  { name: 'a checklist', path: 'tasks.md', texts: checklists },
  { name: 'a JSON plan', path: 'tasks.json', texts: jsonPlans },
] as const;
const groups = fc.constantFrom('a', 'models', 'b.2', 'größe', 'x"y\\z', '🚀');

function read(text: string, path: string) {
  const plain = text.replace(/^\uFEFF/, '');
  const { tasks } = formatOf(path, plain).read(plain, asSourceId(path));
  return tasks.map((task) => ({
    ...task,
    place: null,
    description: task.description.replace(/\s+/g, ' ').trim(),
  }));
}

/** What could only be marked in a line of its own leaves that line; a description made for the marker stays empty. */
const spaceless = (text: string) =>
  text.replace(/\s+/g, '').replaceAll(',"description":""', '').replaceAll('"\\n\\n', '"');

describe('moving tasks between groups', () => {
  for (const { name, path, texts } of plans) {
    it(`changes the groups of the chosen tasks of ${name} and nothing else`, () => {
      let moved = 0;
      fc.assert(
        fc.property(texts, fc.array(fc.nat(7)), fc.option(groups), (text, picks, group) => {
          const before = read(text, path);
          const chosen = [...new Set(picks)].flatMap((pick) => before[pick] ?? []);
          const edits = groupEdits(text, path, chosen, group);
          if (!edits.ok) {
            return;
          }
          moved += edits.value.length;
          const expected = before.map((task) =>
            chosen.includes(task)
              ? { ...task, group: group === null ? null : { id: group, inferred: false } }
              : task,
          );
          assert.deepEqual(read(applyEdits(text, edits.value), path), expected);
        }),
        { numRuns: 150 },
      );
      assert.ok(moved > 100, `${moved} edits`);
    });

    it(`puts a task of ${name} into a group and out again, leaving no more than white space behind`, () => {
      fc.assert(
        fc.property(texts, fc.nat(7), (text, pick) => {
          const task = read(text, path)[pick];
          if (task?.group !== null) {
            return;
          }
          const there = groupEdits(text, path, [task], 'a');
          if (!there.ok) {
            return;
          }
          const marked = applyEdits(text, there.value);
          const back = groupEdits(marked, path, [task], null);
          assert.ok(back.ok, back.ok ? '' : back.failure.message);
          const restored = applyEdits(marked, back.value);
          assert.equal(spaceless(restored), spaceless(text));
        }),
        { numRuns: 200 },
      );
    });
  }

  it('refuses hardly any of usual tasks', () => {
    const [tried, refused] = [{ count: 0 }, { count: 0 }];
    for (const text of fc.sample(checklists, 100)) {
      for (const task of read(text, 'tasks.md')) {
        tried.count += 1;
        if (!groupEdits(text, 'tasks.md', [task], 'new').ok) {
          refused.count += 1;
        }
      }
    }
    assert.ok(refused.count < tried.count / 20, `${refused.count} of ${tried.count}`);
  });
});
