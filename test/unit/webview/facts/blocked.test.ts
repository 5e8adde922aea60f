import assert from 'node:assert/strict';
import { asSourceId, asTaskId, taskKey } from '../../../../src/shared/ids.ts';
import type { Blocker } from '../../../../src/shared/view-models/group-views.ts';
import { blockedFacts } from '../../../../src/webview/facts/blocked.ts';
import { taskView } from '../../../support/webview/views.ts';

const blocker = (id: string): Blocker => ({
  key: taskKey(asSourceId('ops.md'), asTaskId(id)),
  id,
  status: 'in progress',
});
const heldBy = (id: string, ...ids: readonly string[]) =>
  taskView(id, { blockedBy: ids.map(blocker) });

describe('blocked tasks', () => {
  it('are those with blockers, and advice names first what frees most', () => {
    const tasks = [heldBy('a', 'x'), heldBy('b', 'y'), heldBy('c', 'y'), heldBy('free')];
    const facts = blockedFacts(tasks);
    assert.deepEqual(
      facts.tasks.map(({ id }) => id),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(facts.advice, ['Finishing y frees 2 tasks.', 'Finishing x frees 1 task.']);
  });

  it('are not promised to be freed by one blocker of several', () => {
    assert.deepEqual(blockedFacts([heldBy('a', 'x', 'y')]).advice, []);
  });
});
