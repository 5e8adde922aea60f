import { strict as assert } from 'node:assert';
import { allIn, fates } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';

function task(id: string, marks: string, more = ''): string {
  return `- [ ] ${id}: ${marks} Task ${id}\n  \`run: echo ${id} >> done.txt${more}\`\n`;
}

describe('parallel-groups execute --all', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });

  it('runs groups and sequential tasks in the order of the plan', async () => {
    workspace = new CliWorkspace({
      'tasks.md':
        task('S-1', '') + task('A-1', '[P:Group-a]') + task('B-1', '[P:Group-b]') + task('S-2', ''),
    });
    const finished = await workspace.json('execute', '--all', '--yes');
    assert.equal(finished.exit, 0);
    const { groups, exit_code } = allIn(finished);
    assert.equal(exit_code, 0);
    assert.deepEqual(
      groups.map(({ group_id, status }) => [group_id, status]),
      [
        ['_sequential', 'completed'],
        ['a', 'completed'],
        ['b', 'completed'],
      ],
    );
    assert.equal(workspace.read('done.txt'), 'S-1\nS-2\nA-1\nB-1\n');
  });

  it('runs a group again once what blocked it is done, each task once, and tells it as one', async () => {
    workspace = new CliWorkspace({
      'tasks.md':
        task('A-1', '[P:Group-a]') +
        task('A-2', '[P:Group-a] (depends on B-1)') +
        task('B-1', '[P:Group-b] (depends on A-1)'),
    });
    const finished = await workspace.json('execute', '--all', '--yes');
    assert.equal(finished.exit, 0);
    const [a] = allIn(finished).groups;
    assert.ok(a !== undefined);
    assert.deepEqual(fates(a), { 'A-1': 'completed', 'A-2': 'completed' });
    assert.equal(workspace.read('done.txt'), 'A-1\nB-1\nA-2\n');
  });

  it('goes on after a group that fails, tries nothing twice, and answers 1', async () => {
    workspace = new CliWorkspace({
      'tasks.md':
        task('A-1', '[P:Group-a]', '; exit 1') +
        task('A-2', '[P:Group-a] (depends on B-1)') +
        task('B-1', '[P:Group-b]') +
        task('C-1', '[P:Group-c] (depends on A-1)'),
    });
    const finished = await workspace.json('execute', '--all', '--yes');
    assert.equal(finished.exit, 1);
    const { groups } = allIn(finished);
    assert.deepEqual(Object.assign({}, ...groups.map(fates)), {
      'A-1': 'failed',
      'A-2': 'completed',
      'B-1': 'completed',
      'C-1': 'blocked',
    });
    assert.deepEqual(
      groups.map(({ exit_code }) => exit_code),
      [1, 0, 3],
    );
    assert.equal(workspace.read('done.txt'), 'A-1\nB-1\nA-2\n');
  });

  it('starts nothing of a group that is not approved, and answers 2', async () => {
    workspace = new CliWorkspace({
      'tasks.md': task('A-1', '[P:Group-a]') + task('B-1', '[P:Group-b]'),
    });
    await workspace.run('execute', '--group-id', 'b', '--yes');
    workspace.write('tasks.md', task('A-1', '[P:Group-a]') + task('B-1', '[P:Group-b]'));
    const finished = await workspace.json('execute', '--all');
    assert.equal(finished.exit, 2);
    const { groups, refused } = allIn(finished);
    assert.deepEqual(
      groups.map(({ group_id, status }) => [group_id, status]),
      [['b', 'completed']],
    );
    assert.deepEqual(
      refused?.map(({ group }) => group),
      ['tasks.md#a'],
    );
    assert.equal(workspace.read('done.txt'), 'B-1\nB-1\n');
  });
});
