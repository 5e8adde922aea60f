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

  it('runs a spec-kit plan to its end, phase by phase', async () => {
    const file = 'specs/001-login/tasks.md';
    const step = (id: string, labels: string, failing = '') =>
      `- [ ] ${id} ${labels} Step ${id}\n  \`run: echo ${id} >> done.txt${failing}\`\n`;
    workspace = new CliWorkspace({
      [file]: [
        '# Tasks: Login\n\n## Phase 1: Setup\n\n',
        step('T001', ''),
        step('T002', '[P]'),
        '\n## Phase 2: User Story 1 - Sign in (Priority: P1)\n\n',
        step('T003', '[P] [US1]'),
        step('T004', '[US1]'),
        step('T005', '[P] [US1]'),
        '\n**Checkpoint**: T003 to T005 work\n\n## Phase N: Polish\n\n',
        step('T006', ''),
        '\n## Parallel Example\n\n```\n- [ ] T003 [P] not a task\n```\n',
      ].join(''),
    });
    const finished = await workspace.json('execute', '--all', '--yes');
    assert.equal(finished.exit, 0);
    const { groups } = allIn(finished);
    assert.deepEqual(
      groups.map(({ group_id, status }) => [group_id, status]),
      [
        ['_sequential', 'completed'],
        ['phase-1-a', 'completed'],
        ['phase-2-us1-a', 'completed'],
        ['phase-2-us1-b', 'completed'],
      ],
    );
    const done = workspace.read('done.txt').trim().split('\n');
    const phases = [done.slice(0, 2), done.slice(2, 5), done.slice(5)];
    assert.deepEqual(
      phases.map((ids) => ids.sort()),
      [['T001', 'T002'], ['T003', 'T004', 'T005'], ['T006']],
    );
    const plan = workspace.read(file);
    assert.equal(plan.match(/^- \[x\] T/gm)?.length, 6);
    assert.match(plan, /```\n- \[ \] T003/);
  });

  it('runs an epic of ccpm to its end, in the order of its dependencies', async () => {
    const file = (id: string) => `.claude/epics/login/${id}.md`;
    const text = (id: string, ...fields: readonly string[]) =>
      [
        '---',
        `name: Step ${id}`,
        'status: open',
        ...fields,
        '---',
        '',
        `\`run: echo ${id} >> done.txt\``,
        '',
      ].join('\n');
    workspace = new CliWorkspace({
      [file('001')]: text('001', 'parallel: false', 'depends_on: [3]'),
      [file('002')]: text('002', 'parallel: true', 'conflicts_with: [003]'),
      [file('003')]: text('003', 'parallel: true', 'depends_on: [002]'),
    });
    const finished = await workspace.json('execute', '--all', '--yes');
    assert.equal(finished.exit, 0);
    assert.equal(workspace.read('done.txt'), '002\n003\n001\n');
    for (const id of ['001', '002', '003']) {
      assert.match(workspace.read(file(id)), /^---\nname: Step \d+\nstatus: closed\n/);
    }
  });
});
