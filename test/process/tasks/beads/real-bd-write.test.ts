import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BeadsPlan } from '../../../../src/tasks/beads/beads-plan.ts';
import { PlanStore } from '../../../../src/tasks/plans/plan-store.ts';
import { recordStatus } from '../../../../src/tasks/write/record-status.ts';
import { bd, importIssues, issueText, realTrackers } from '../../../support/beads/real-bd.ts';
import { taskOf } from '../../../support/beads/tasks.ts';

describe('changing beads with the real bd', function () {
  this.timeout(120_000);
  const trackers = realTrackers();

  it('claims, puts back, closes and reopens, and knows the new state without news', async () => {
    const workspace = trackers.create();
    await importIssues(workspace, [{ id: 'bd-1', title: 'One' }]);
    const store = await PlanStore.open(workspace);
    let news = 0;
    store.onChange(() => (news += 1));
    const set = async (status: 'in_progress' | 'pending' | 'completed'): Promise<string> => {
      const written = await store.writeThroughTool(taskOf(store, 'bd-1'), status);
      assert.deepEqual(written, { ok: true, value: undefined });
      return taskOf(store, 'bd-1').status.word;
    };
    assert.equal(await set('in_progress'), 'in_progress');
    assert.match(await issueText(workspace, 'bd-1'), /"assignee": "\w+"/);
    assert.equal(await set('pending'), 'open');
    assert.doesNotMatch(await issueText(workspace, 'bd-1'), /assignee/);
    assert.equal(await set('completed'), 'closed');
    assert.match(await issueText(workspace, 'bd-1'), /"close_reason": "Proven by Parallel Groups"/);
    assert.equal(await set('completed'), 'closed');
    assert.equal(await set('pending'), 'open');
    assert.equal(news, 0);
  });

  it('makes issues of fix tasks, in their group, whatever they are called', async () => {
    const workspace = trackers.create();
    await importIssues(workspace, [{ id: 'bd-1', title: 'One' }]);
    const beads = new BeadsPlan({ workspaceRoot: workspace, place: '.beads', mayRun: () => true });
    const added = await beads.add(['Fix the failing test: a', '--force'], 'login');
    assert.ok(added.ok, added.ok ? '' : added.failure);
    const store = await PlanStore.open(workspace);
    const made = added.value.map((id) => taskOf(store, id));
    assert.deepEqual(
      made.map(({ title, group }) => [title, group?.id]),
      [
        ['Fix the failing test: a', 'login'],
        ['--force', 'login'],
      ],
    );
  });

  it('does not claim what somebody else has claimed, and leaves what somebody else closed', async () => {
    const workspace = trackers.create();
    await importIssues(workspace, [{ id: 'bd-1', title: 'One', assignee: 'ada' }]);
    const store = await PlanStore.open(workspace);
    const task = taskOf(store, 'bd-1');
    const claimed = await store.writeThroughTool(task, 'in_progress');
    assert.ok(!claimed.ok);
    assert.equal(claimed.failure.reason, 'busy');
    assert.match(
      claimed.failure.message,
      /“bd-1” was not claimed\. bd said: .*claimed(?: by ada|: already assigned to "ada")/,
    );
    await bd(workspace, 'close', 'bd-1', '--reason', 'mine', '--actor', 'ada');
    assert.ok((await store.writeThroughTool(task, 'pending')).ok);
    assert.match(await issueText(workspace, 'bd-1'), /"close_reason": "mine"/);
  });

  it('closes nothing that was given another title, is gone, or that bd refuses to close', async () => {
    const workspace = trackers.create();
    const waits = [{ issue_id: 'bd-2', depends_on_id: 'bd-1', type: 'blocks' }];
    await importIssues(workspace, [
      { id: 'bd-1', title: 'One' },
      { id: 'bd-2', title: 'Two', dependencies: waits },
      { id: 'bd-3', title: 'Three' },
    ]);
    const store = await PlanStore.open(workspace);
    const tasks = ['bd-1', 'bd-2', 'bd-3'].map((id) => taskOf(store, id));
    await bd(workspace, 'update', 'bd-1', '--title', 'Another');
    await bd(workspace, 'delete', 'bd-3', '--force');
    const said: string[] = [];
    for (const task of tasks) {
      const closed = await recordStatus(store, task, 'completed');
      said.push(closed.ok ? 'closed' : closed.failure);
    }
    assert.match(said[0] ?? '', /“bd-1” \(one\) is no longer in \.beads under this title/);
    assert.match(
      said[1] ?? '',
      /“bd-2” was not closed\. bd said: .*blocked by (?:open issues )?\[bd-1\]/,
    );
    assert.match(said[2] ?? '', /“bd-3” \(three\) is no longer in \.beads/);
    assert.match(await issueText(workspace, 'bd-1'), /"status": "open"/);
  });

  it('leaves alone which issue a person touched last', async () => {
    const workspace = trackers.create();
    await importIssues(workspace, [{ id: 'bd-1', title: 'One' }]);
    await bd(workspace, 'create', 'Two');
    const touched = () => readFileSync(join(workspace, '.beads', 'last-touched'), 'utf8');
    const before = touched();
    const store = await PlanStore.open(workspace);
    await recordStatus(store, taskOf(store, 'bd-1'), 'completed');
    assert.equal(touched(), before);
  });
});
