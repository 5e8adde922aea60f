import assert from 'node:assert/strict';
import { closerPlace } from '../../../../../src/views/editor/diagnostics/closer-place.ts';
import { lineOf, outlined, planOf } from '../../../../support/views/plan-text.ts';

/** `code: the words that are pointed at` of every problem of the plan; `now`: the text in the editor. */
function pointed(path: string, text: string, now = text): readonly string[] {
  const plan = planOf({ [path]: text });
  const around = { plan, text: now, outlined: outlined(path, now), lineOf: lineOf(now) };
  return plan.problems.map((problem) => {
    const span = closerPlace(problem, around);
    const words = span === null ? null : now.slice(span.start, span.end).split('\n')[0];
    return `${problem.code}: ${words}${span === null ? '' : ` in line ${lineOf(now)(span.start)}`}`;
  });
}

describe('a problem that only the whole plan shows is pointed at', () => {
  it('at the dependency that leads nowhere', () => {
    assert.deepEqual(pointed('tasks.md', '- [ ] T1 A\n- [ ] T2 B (depends on T1, T7, T8)\n'), [
      'unknown-dependency: T7 in line 2',
      'unknown-dependency: T8 in line 2',
    ]);
  });

  it('at the dependency in a JSON list', () => {
    const text =
      '[{"id": "a", "title": "A",\n "dependencies": ["b",\n  "nobody"]},\n {"id": "b", "title": "B"}]';
    assert.deepEqual(pointed('tasks.json', text), ['unknown-dependency: nobody in line 3']);
  });

  it('at the second of two equal ids', () => {
    assert.deepEqual(pointed('tasks.md', '- [ ] T1 A\n- [ ] T2 B\n- [ ] T1 C\n- [ ] T1 D\n'), [
      'duplicate-id: T1 in line 3',
      'duplicate-id: T1 in line 4',
    ]);
  });

  it('at the first dependency of a cycle', () => {
    assert.deepEqual(
      pointed('tasks.md', '- [ ] T1 A (depends on T2)\n- [ ] T2 B (depends on T1)\n'),
      ['dependency-cycle: T2 in line 1'],
    );
  });

  it('at the file that two tasks name', () => {
    assert.deepEqual(
      pointed(
        'tasks.md',
        '- [ ] T1 [P:Group-a] A [Files: src/a.ts]\n- [ ] T2 [P:Group-a] B [Files: src/b.ts, src/a.ts]\n',
      ),
      ['shared-file: src/a.ts in line 2'],
    );
  });

  it('at the marker in a string of JSON', () => {
    const text =
      '[{"id": "a", "title": "A [P: Group-x]"},\n{"id": "b", "title": "[P:Group-x] [P:Group-y] B"}]';
    assert.deepEqual(pointed('tasks.json', text), [
      'almost-marker: [P: Group-x] in line 1',
      'several-groups: [P:Group-y] in line 2',
    ]);
  });

  it('where it stands after lines were added above it', () => {
    const text = '- [ ] T1 A\n- [ ] T2 B (depends on T7)\n';
    assert.deepEqual(pointed('tasks.md', text, `# Plan\n\nMore words.\n\n${text}`), [
      'unknown-dependency: T7 in line 6',
    ]);
  });

  it('nowhere once it was mended', () => {
    const text = '- [ ] T1 A (depends on T7)\n- [ ] T1 B\n';
    assert.deepEqual(pointed('tasks.md', text, '- [ ] T1 A\n- [ ] T2 B\n'), [
      'duplicate-id: null',
      'unknown-dependency: null',
    ]);
  });
});
