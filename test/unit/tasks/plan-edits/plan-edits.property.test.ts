import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addDependencyEdits,
  freeId,
  removeDependencyEdits,
  renameIdEdits,
} from '../../../../src/tasks/plan-edits.ts';
import { applyEdits } from '../../../../src/tasks/plan-edits/apply-edits.ts';
import { outlineOf } from '../../../../src/tasks/read/outline-of.ts';
import { checklists, jsonPlans } from '../../../support/arbitrary-plans.ts';

const plans = [
  { name: 'a checklist', path: 'tasks.md', texts: checklists },
  { name: 'a JSON plan', path: 'tasks.json', texts: jsonPlans },
] as const;

/** What a plan says of ids, groups and dependencies. */
const said = (text: string, path: string) =>
  (outlineOf(text, path)?.tasks ?? []).map(({ id, title, group, dependencies }) => ({
    id,
    title,
    group: group?.id ?? null,
    dependencies: dependencies.map(({ written }) => written),
  }));

describe('any other edit of a plan', () => {
  for (const { name, path, texts } of plans) {
    it(`removes a dependency from ${name} and nothing else`, () => {
      fc.assert(
        fc.property(texts, (text) => {
          const before = said(text, path);
          for (const [index, task] of (outlineOf(text, path)?.tasks ?? []).entries()) {
            const [gone] = task.dependencies;
            if (gone === undefined) {
              continue;
            }
            const edits = removeDependencyEdits(text, path, task, gone.written);
            if (!edits.ok) {
              continue;
            }
            const after = said(applyEdits(text, edits.value), path);
            const left = before[index]?.dependencies.filter((each) => each !== gone.written);
            assert.deepEqual(
              after,
              before.map((each, place) =>
                place === index ? { ...each, dependencies: left } : each,
              ),
            );
          }
        }),
        { numRuns: 100 },
      );
    });

    it(`adds a dependency to ${name} that is read as it was asked for`, () => {
      fc.assert(
        fc.property(texts, fc.constantFrom('T77', '1.2', 'plans/a b.md#T1'), (text, id) => {
          const [task] = outlineOf(text, path)?.tasks ?? [];
          if (task === undefined || task.id === id) {
            return;
          }
          const edits = addDependencyEdits(text, path, task, id);
          if (!edits.ok) {
            return;
          }
          const [first, ...others] = said(applyEdits(text, edits.value), path);
          const [was, ...same] = said(text, path);
          assert.deepEqual(others, same);
          assert.deepEqual(
            first?.dependencies.toSorted(),
            [...(was?.dependencies ?? []), id].sort(),
          );
        }),
        { numRuns: 100 },
      );
    });

    it(`gives a task of ${name} a free id and leaves the others theirs`, () => {
      fc.assert(
        fc.property(texts, fc.nat(5), (text, pick) => {
          const outline = outlineOf(text, path);
          const task = outline?.tasks[pick];
          if (outline === null || task === undefined) {
            return;
          }
          const id = freeId(outline, task.id);
          assert.ok(!outline.tasks.some((each) => each.id === id));
          const edits = renameIdEdits(text, path, task.span, id);
          if (!edits.ok) {
            return;
          }
          assert.deepEqual(
            said(applyEdits(text, edits.value), path),
            said(text, path).map((each, place) => (place === pick ? { ...each, id } : each)),
          );
        }),
        { numRuns: 100 },
      );
    });
  }
});
