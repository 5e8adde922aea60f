import assert from 'node:assert/strict';
import { applyEdits } from '../../../../../src/tasks/plan-edits/apply-edits.ts';
import {
  almostMarkerFixes,
  cycleFixes,
  duplicateIdFixes,
  type FixableText,
  type PlanFix,
  unknownDependencyFixes,
} from '../../../../../src/views/editor/fixes/plan-fixes.ts';
import { outlined, planOf } from '../../../../support/views/plan-text.ts';

function fixable(
  path: string,
  text: string,
  others: Readonly<Record<string, string>> = {},
): FixableText {
  const plan = planOf({ [path]: text, ...others });
  return { text, path, outlined: outlined(path, text), plan };
}

/** Title, what the line of the fix says afterwards, and a star where it is preferred. */
function told({ text }: FixableText, fixes: readonly PlanFix[]): readonly string[] {
  const before = text.split('\n');
  return fixes.map(({ title, edits, preferred }) => {
    const changed = applyEdits(text, edits).split('\n');
    const line = changed.find((each, index) => each !== before[index]) ?? '';
    return `${preferred ? '* ' : ''}${title}: ${line.trim()}`;
  });
}

function spanIn(text: string, words: string): { start: number; end: number } {
  const start = text.lastIndexOf(words);
  return { start, end: start + words.length };
}

describe('the fixes of a dependency that leads nowhere', () => {
  it('change it to the id that was probably meant, or remove it', () => {
    const file = fixable(
      'tasks.md',
      '- [ ] T012 Create the model\n- [ ] T013 Create the view (depends on T12, TO12)\n',
    );
    const span = spanIn(file.text, 'TO12');
    assert.deepEqual(told(file, unknownDependencyFixes(file, span)), [
      '* Change “TO12” to “T012” (Create the model): - [ ] T013 Create the view (depends on T12, T012)',
      'Remove the dependency of “T013” on “TO12”: - [ ] T013 Create the view (depends on T12)',
    ]);
  });

  it('remove it where nothing like it is known', () => {
    const file = fixable('tasks.md', '- [ ] T1 Create\n- [ ] T2 View (depends on nobody)\n');
    assert.deepEqual(told(file, unknownDependencyFixes(file, spanIn(file.text, 'nobody'))), [
      '* Remove the dependency of “T2” on “nobody”: - [ ] T2 View',
    ]);
  });

  it('name the plan where several have such a task', () => {
    const file = fixable('tasks.md', '- [ ] T5 Create (depends on T1)\n', {
      'a.todo.md': '- [ ] T1 One\n',
      'b.todo.md': '- [ ] T1 Other\n',
    });
    const fixes = unknownDependencyFixes(file, spanIn(file.text, 'T1'));
    assert.deepEqual(told(file, fixes), [
      'Change “T1” to “a.todo.md#T1” (One): - [ ] T5 Create (depends on a.todo.md#T1)',
      'Change “T1” to “b.todo.md#T1” (Other): - [ ] T5 Create (depends on b.todo.md#T1)',
      'Remove the dependency of “T5” on “T1”: - [ ] T5 Create',
    ]);
  });

  it('keep JSON as it is written', () => {
    const text =
      '[\n{"id": "t1", "title": "One"},\n{"id": "t2", "title": "Two",\n"dependencies": ["t11", 7]}\n]';
    const file = fixable('tasks.json', text);
    assert.deepEqual(told(file, unknownDependencyFixes(file, spanIn(text, 't11'))), [
      '* Change “t11” to “t1” (One): "dependencies": ["t1", 7]}',
      'Remove the dependency of “t2” on “t11”: "dependencies": [7]}',
    ]);
  });
});

describe('the fix of an id that is taken', () => {
  it('is the next one that is free', () => {
    const file = fixable('tasks.md', '- [ ] T1 Create\n- [ ] T2 View\n- [ ] T1 Style\n');
    assert.deepEqual(told(file, duplicateIdFixes(file, spanIn(file.text, 'T1'))), [
      '* Change the id of this task to “T3”: - [ ] T3 Style',
    ]);
  });
});

describe('the fixes of a cycle', () => {
  it('remove one of its dependencies in this file', () => {
    const file = fixable(
      'tasks.md',
      '- [ ] T1 One (depends on T2)\n- [ ] T2 Two (depends on T3)\n- [ ] T3 Three (depends on T1)\n',
    );
    const cycle = file.plan.problems.find(({ code }) => code === 'dependency-cycle');
    assert.ok(cycle);
    assert.deepEqual(told(file, cycleFixes(file, cycle)), [
      'Remove the dependency of “T1” on “T2”: - [ ] T1 One',
      'Remove the dependency of “T2” on “T3”: - [ ] T2 Two',
      'Remove the dependency of “T3” on “T1”: - [ ] T3 Three',
    ]);
  });

  it('is the only one where a task waits for itself', () => {
    const file = fixable('tasks.md', '- [ ] T1 One (depends on T1)\n');
    const cycle = file.plan.problems.find(({ code }) => code === 'dependency-cycle');
    assert.ok(cycle);
    assert.deepEqual(told(file, cycleFixes(file, cycle)), [
      '* Remove the dependency of “T1” on “T1”: - [ ] T1 One',
    ]);
  });
});

describe('the fix of what is almost a marker', () => {
  it('is the marker', () => {
    const file = fixable('tasks.md', '- [ ] T1 [P: Group-auth] Create\n');
    assert.deepEqual(told(file, almostMarkerFixes(file, spanIn(file.text, '[P: Group-auth]'))), [
      '* Write it as [P:Group-auth]: - [ ] T1 [P:Group-auth] Create',
    ]);
  });
});
