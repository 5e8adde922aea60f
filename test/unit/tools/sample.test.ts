import assert from 'node:assert/strict';
import path from 'node:path';
import { PlanStore } from '../../../src/tasks/plans/plan-store.ts';
import { repository } from '../../support/vscode/paths.ts';

describe('the sample workspace', () => {
  it('begins with what runs without a coding agent, and ends with work for one', async () => {
    const plans = await PlanStore.open(path.join(repository, 'examples', 'sample'));
    const { groups } = plans.current();
    const needsAgent = groups.filter(({ tasks }) => tasks.some(({ run }) => run === null));
    assert.deepEqual(
      needsAgent.map(({ id }) => id),
      ['api'],
    );
    assert.equal(groups.at(-1)?.id, 'api');
  });
});
