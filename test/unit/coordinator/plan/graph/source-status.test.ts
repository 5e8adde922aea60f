import assert from 'node:assert/strict';
import {
  satisfies,
  sourceStatus,
  unknownStatus,
} from '../../../../../src/coordinator/plan/graph/source-status.ts';
import type { TaskStatus } from '../../../../../src/shared/status.ts';

describe('a source’s word for a status', () => {
  const words: readonly (readonly [words: string, status: TaskStatus, launchable: boolean])[] = [
    ['closed done completed [x] [X] Done', 'completed', false],
    ['cancelled canceled', 'cancelled', false],
    ['in_progress in-progress hooked review In-Progress', 'in_progress', false],
    ['deferred pinned blocked', 'blocked', false],
    ['open pending', 'pending', true],
    ['failed', 'failed', true],
  ];
  for (const [list, status, launchable] of words) {
    it(`is ${status} for ${list}`, () => {
      for (const word of list.split(' ')) {
        assert.deepEqual(sourceStatus(word), { status, launchable, word });
      }
    });
  }

  it('is unknown otherwise, and then nothing is launched', () => {
    assert.equal(sourceStatus('wip'), null);
    assert.deepEqual(unknownStatus('wip'), { status: 'blocked', launchable: false, word: 'wip' });
  });

  it('satisfies dependencies when it means done or cancelled', () => {
    const satisfying = ['done', 'cancelled', 'open', 'review', 'failed', 'blocked'].filter((word) =>
      satisfies(sourceStatus(word) ?? unknownStatus(word)),
    );
    assert.deepEqual(satisfying, ['done', 'cancelled']);
  });
});
