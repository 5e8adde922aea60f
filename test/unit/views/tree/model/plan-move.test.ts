import assert from 'node:assert/strict';
import { asGroupId, asSourceId, groupKey } from '../../../../../src/shared/ids.ts';
import { planMove } from '../../../../../src/views/tree/model/plan-move.ts';
import { groupView, taskView } from '../../../../support/webview/views.ts';

const [T1, T2, T3] = ['T1', 'T2', 'T3'].map((id) => taskView(id));
assert.ok(T1 && T2 && T3);
const auth = groupView([T1, T2]);
const group = (title: string, changes: Parameters<typeof groupView>[1] = {}) =>
  groupView([], { key: groupKey(auth.source, asGroupId(title)), title, ...changes });

describe('moving tasks to a group', () => {
  it('takes those that are not there yet, in the order of the plan', () => {
    const shop = { ...group('shop'), tasks: [T3] };
    const move = planMove([auth, shop], [T2.key, T3.key, T1.key], shop.key);
    assert.ok(typeof move !== 'string');
    assert.deepEqual(move.tasks, [T1, T2]);
    assert.equal(move.group, shop);
    assert.deepEqual(move.running, []);
  });

  it('refuses a group of another plan', () => {
    const source = asSourceId('docs/plan.md');
    const other = group('other', { source, key: groupKey(source, asGroupId('other')) });
    assert.equal(
      planMove([auth, other], [T1.key], other.key),
      'T1 stands in tasks.md, and other is a group of docs/plan.md: a marker cannot move a task to another plan. Move its lines by hand.',
    );
  });

  it('tells which of the groups are running', () => {
    const shop = group('shop', { canStop: true });
    const move = planMove([{ ...auth, canStop: true }, shop], [T1.key], shop.key);
    assert.ok(typeof move !== 'string');
    assert.deepEqual(move.running, ['shop', 'auth']);
  });

  it('says that a group is gone', () => {
    const gone = groupKey(auth.source, asGroupId('gone'));
    assert.equal(planMove([auth], [T1.key], gone), 'The group is not in the plan any more.');
  });
});
