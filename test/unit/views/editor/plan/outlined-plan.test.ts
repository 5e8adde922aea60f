import assert from 'node:assert/strict';
import { asTaskKey } from '../../../../../src/shared/ids.ts';
import { atCursor, outlined } from '../../../../support/views/plan-text.ts';

describe('what stands at a place of a plan', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['# Pl|an\n- [ ] T1 A\n', null],
    ['- [| ] T1 A\n', 'task of T1'],
    ['- [ ] T|1 A\n', 'id of T1'],
    ['- [ ] T1 [P:Gro|up-a] A\n', 'group of T1'],
    ['- [ ] T1 A (depends on T|2)\n', 'dependency of T1'],
    ['- [ ] T1 A\n  - [ ] 1.1 |B\n', 'task of 1.1'],
    ['- [ ] T1 A\n  - [ ] 1.1 B\n  more of T|1\n- [ ] T2\n', null],
    ['- [ ] T1 A\n\n- [ ] T2 |B\n', 'task of T2'],
  ];
  for (const [marked, expected] of cases) {
    it(marked.replaceAll('\n', '↵'), () => {
      const { text, offset } = atCursor(marked);
      const spot = outlined('tasks.md', text).spotAt(offset);
      assert.equal(spot === undefined ? null : `${spot.kind} of ${spot.task.id}`, expected);
    });
  }

  it('of tasks with one id, the first is the one that the id names', () => {
    const plan = outlined('tasks.md', '- [ ] T1 First\n- [ ] T1 Second\n');
    assert.equal(plan.task(asTaskKey('tasks.md#T1'))?.title, 'First');
  });
});
