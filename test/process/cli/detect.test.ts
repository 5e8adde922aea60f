import { strict as assert } from 'node:assert';
import { CliWorkspace } from '../../support/cli-workspace.ts';

describe('parallel-groups detect', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });

  it('prints groups, tasks and problems as one JSON object and nothing else', async () => {
    workspace = new CliWorkspace({
      'tasks.md': '- [ ] T1 [P:Group-a] One\n- [ ] T2 [P:Group-a] Two (depends on T1, nope)\n',
    });
    const { exit, json, stderr } = await workspace.json('detect');
    assert.equal(exit, 0);
    assert.equal(stderr, '');
    assert.match(
      JSON.stringify(json),
      /^\{"version":1,"groups":\[\{"key":"tasks\.md#a".*"tasks":.*"problems":.*"code":"unknown-dependency"/,
    );
  });

  it('reads just the file that is asked for, whatever its name', async () => {
    workspace = new CliWorkspace({
      'tasks.md': '- [ ] T8 [P:Group-a] Other\n',
      'notes/work.md': '- [ ] T7 [P:Group-b] Mine\n',
    });
    const { exit, stdout } = await workspace.run('detect', '--tasks-file', 'notes/work.md');
    assert.equal(exit, 0);
    assert.match(stdout, /b \(notes\/work\.md\) · 1 task/);
    assert.doesNotMatch(stdout, /other/i);
  });

  it('lists the tasks of a source that has a file for each', async () => {
    workspace = new CliWorkspace({
      '.claude/epics/login/001.md': '---\nname: One\nparallel: true\n---\n',
      '.claude/epics/login/002.md': '---\nname: Two\nparallel: true\ndepends_on: [1]\n---\n',
    });
    const { stdout } = await workspace.run('detect');
    assert.match(
      stdout,
      /^login \(\.claude\/epics\/login\) · 2 tasks\n {2}001 .*One\s+002 .*wave 2 .*Two/,
    );
  });

  it('answers 2 where the file that is asked for is not there, and says so in the JSON', async () => {
    workspace = new CliWorkspace({});
    const { exit, json } = await workspace.json('detect', '--tasks-file', 'nope.md');
    assert.equal(exit, 2);
    assert.match(JSON.stringify(json), /"code":"no-such-file"/);
  });

  it('answers 2 where the file that is asked for holds no plan', async () => {
    workspace = new CliWorkspace({ 'prose.md': 'Nothing to do.\n' });
    const { exit, stderr } = await workspace.run('detect', '--tasks-file', 'prose.md');
    assert.equal(exit, 2);
    assert.match(stderr, /No tasks were found in prose\.md/);
  });

  it('answers 0 where a workspace has no plan at all', async () => {
    workspace = new CliWorkspace({});
    const { exit, stdout } = await workspace.run('detect');
    assert.equal(exit, 0);
    assert.match(stdout, /No tasks were found in this workspace/);
  });

  it('lets no character of a plan steer the terminal', async () => {
    workspace = new CliWorkspace({ 'tasks.md': '- [ ] T1 [P:Group-a] One\u001b[2Jtwo\n' });
    const { stdout } = await workspace.run('detect');
    assert.ok(!stdout.includes('\u001b'));
    assert.match(stdout, /One\u241b\[2Jtwo/);
  });
});

describe('parallel-groups with a plan of Task Master', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  beforeEach(() => {
    const tasks = (title: string) => ({ tasks: [{ id: 1, title: `[P:Group-a] ${title}` }] });
    workspace = new CliWorkspace({
      '.taskmaster/tasks/tasks.json': JSON.stringify({
        master: tasks('Main work'),
        feature: tasks('Feature work'),
      }),
      '.taskmaster/state.json': '{"currentTag":"master"}',
    });
  });
  afterEach(() => {
    workspace.dispose();
  });
  const file = '.taskmaster/tasks/tasks.json';

  it('shows the current tag alone', async () => {
    const { stdout } = await workspace.run('detect');
    assert.match(stdout, /a \(\.taskmaster\/tasks\/tasks\.json@master\) · 1 task/);
    assert.match(stdout, /Main work/);
    assert.doesNotMatch(stdout, /Feature work/);
  });

  it('shows the tag that is asked for alone', async () => {
    const { exit, stdout } = await workspace.run('detect', '--tasks-file', `${file}@feature`);
    assert.equal(exit, 0);
    assert.match(stdout, /Feature work/);
    assert.doesNotMatch(stdout, /Main work/);
  });

  it('answers 2 for a tag that is not there, and names those that are', async () => {
    const { exit, stderr } = await workspace.run('detect', '--tasks-file', `${file}@nope`);
    assert.equal(exit, 2);
    assert.match(stderr, /no tasks in .*@nope\. There are: .*@master, .*@feature\./);
  });
});
