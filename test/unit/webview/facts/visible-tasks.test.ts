import assert from 'node:assert/strict';
import { visibleTasks } from '../../../../src/webview/facts/visible-tasks.ts';
import { taskView } from '../../../support/webview/views.ts';

const tasks = ['a', 'b', 'c', 'd', 'e'].map((id) =>
  taskView(id, id === 'd' ? { status: 'in_progress', appearance: 'running' } : {}),
);
const idsOf = (limit: number) => visibleTasks(tasks, limit).map(({ id }) => id);

describe('the rows of a long table', () => {
  it('are the first ones, and what is in progress further down, in plan order', () => {
    assert.deepEqual(idsOf(2), ['a', 'b', 'd']);
    assert.deepEqual(idsOf(4), ['a', 'b', 'c', 'd']);
  });

  it('are all of them where there is room for all', () => {
    assert.deepEqual(idsOf(5), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(idsOf(200), ['a', 'b', 'c', 'd', 'e']);
  });
});
