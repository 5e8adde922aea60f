import { strict as assert } from 'node:assert';
import { errorIn, fates, metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';

/** A task that appends its id to `done.txt` and then does what `more` says. */
function task(id: string, marks: string, more = ''): string {
  return `- [ ] ${id} ${marks} Task ${id}\n  \`run: echo ${id} >> done.txt${more}\`\n`;
}

describe('parallel-groups execute', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });

  it('runs a group, closes what is proven in the plan, and answers 0', async () => {
    workspace = new CliWorkspace({
      'tasks.md': task('T1', '[P:Group-a]') + task('T2', '[P:Group-a] (depends on T1)'),
    });
    const finished = await workspace.json('execute', '--group-id', 'a', '--yes');
    assert.equal(finished.exit, 0);
    const metadata = metadataIn(finished);
    assert.equal(metadata.status, 'completed');
    assert.equal(metadata.exit_code, 0);
    assert.deepEqual(fates(metadata), { T1: 'completed', T2: 'completed' });
    assert.equal(workspace.read('done.txt'), 'T1\nT2\n');
    assert.equal(workspace.read('tasks.md').match(/- \[x\]/g)?.length, 2);
  });

  it('tells its progress on standard error, one line an event', async () => {
    workspace = new CliWorkspace({ 'tasks.md': task('T1', '[P:Group-a]') });
    const { stdout, stderr } = await workspace.run('execute', '--group-id', 'a', '--yes');
    assert.match(stderr, /^\[a\] run \S+ starts: 1 task, 4 at a time$/m);
    assert.match(stderr, /^\[a\] T1 starts \(run\)$/m);
    assert.match(stderr, /^\[a\] T1 completed in /m);
    assert.match(stdout, /^a \(tasks\.md\) · completed · 1 of 1 done/);
  });

  it('answers 1 when a task fails, goes on with the others, and names what is blocked by it', async () => {
    workspace = new CliWorkspace({
      'tasks.md':
        task('T1', '[P:Group-a]', '; exit 7') +
        task('T2', '[P:Group-a] (depends on T1)') +
        task('T3', '[P:Group-a]'),
    });
    const finished = await workspace.json('execute', '--group-id', 'a', '--yes');
    assert.equal(finished.exit, 1);
    const metadata = metadataIn(finished);
    assert.deepEqual(fates(metadata), { T1: 'failed', T2: 'blocked', T3: 'completed' });
    assert.deepEqual(metadata.results[1]?.blocked_by, ['T1']);
    assert.match(finished.stderr, /T2 blocked by T1 \(failed\)/);
  });

  it('answers 1 when the suite fails, and closes nothing', async () => {
    workspace = new CliWorkspace({
      'tasks.md': task('T1', '[P:Group-a]'),
      'package.json': JSON.stringify({ name: 'x', scripts: { test: 'exit 3' } }),
    });
    const finished = await workspace.json('execute', '--group-id', 'a', '--yes');
    assert.equal(finished.exit, 1);
    assert.equal(metadataIn(finished).tests?.status, 'failed');
    assert.match(workspace.read('tasks.md'), /- \[ \] T1/);
  });

  it('answers 3 when tasks outside of the group block some of it', async () => {
    workspace = new CliWorkspace({
      'tasks.md': task('T1', '[P:Group-a] (depends on T9)') + task('T9', '[P:Group-b]'),
    });
    const finished = await workspace.json('execute', '--group-id', 'a', '--yes');
    assert.equal(finished.exit, 3);
    assert.deepEqual(metadataIn(finished).results[0]?.blocked_by, ['T9']);
    assert.equal(workspace.read('done.txt'), '');
  });

  it('answers 0 and starts nothing when everything is done', async () => {
    workspace = new CliWorkspace({ 'tasks.md': '- [x] T1 [P:Group-a] One\n' });
    const finished = await workspace.json('execute', '--group-id', 'a');
    assert.equal(finished.exit, 0);
    assert.equal(metadataIn(finished).run_id, null);
    assert.equal(metadataIn(finished).status, 'completed');
  });

  it('starts nothing that nobody approved: 2, and every command in full, control characters shown', async () => {
    workspace = new CliWorkspace({
      'tasks.md': '- [ ] T1 [P:Group-a] One\n  `run: echo \u202Ehi >> done.txt`\n',
    });
    const finished = await workspace.json('execute', '--group-id', 'a');
    assert.equal(finished.exit, 2);
    assert.equal(errorIn(finished).error.reason, 'not_approved');
    assert.match(finished.stderr, /T1 \(tasks\.md\): echo \\u202ehi >> done\.txt/);
    assert.equal(workspace.read('done.txt'), '');
  });

  it('remembers what was approved, and asks again once it changed', async () => {
    workspace = new CliWorkspace({ 'tasks.md': task('T1', '[P:Group-a]') });
    assert.equal((await workspace.run('execute', '--group-id', 'a', '--yes')).exit, 0);
    workspace.write('tasks.md', task('T1', '[P:Group-a]'));
    assert.equal((await workspace.run('execute', '--group-id', 'a')).exit, 0);
    workspace.write('tasks.md', task('T1', '[P:Group-a]', ' && echo more'));
    assert.equal((await workspace.run('execute', '--group-id', 'a')).exit, 2);
    assert.equal(workspace.read('done.txt'), 'T1\nT1\n');
  });

  it('runs no more tasks at once than --max-concurrent allows', async () => {
    const line = 'mkdir only-one && sleep 0.1 && rmdir only-one';
    const tasks = [1, 2, 3].map(
      (each) => `- [ ] T${each} [P:Group-a] T${each}\n  \`run: ${line}\`\n`,
    );
    workspace = new CliWorkspace({ 'tasks.md': tasks.join('') });
    const args = ['execute', '--group-id', 'a', '--yes', '--max-concurrent', '1'];
    assert.equal((await workspace.run(...args)).exit, 0);
  });

  describe('where tasks name the same file', () => {
    const task = (id: string, line: string): string =>
      `- [ ] ${id} [P:Group-a] ${id} [Files: src/a.ts]\n  \`run: ${line}\`\n`;
    /** Fails beside another one. */
    const alone = ['T1', 'T2'].map((id) =>
      task(id, `mkdir alone && sleep 0.2 && rmdir alone && echo ${id} >> done.txt`),
    );
    /** Neither ends before it has seen the other one run. */
    const meet = (id: string, other: string): string =>
      task(
        id,
        `touch ${id}.up; while test -e tasks.md && ! test -e ${other}.up; do sleep 0.05; done; echo met >> done.txt`,
      );
    const together = [meet('T1', 'T2'), meet('T2', 'T1')];
    const execute = ['execute', '--group-id', 'a', '--yes'];

    it('runs them one after the other where nobody can be asked, and says so', async () => {
      workspace = new CliWorkspace({ 'tasks.md': alone.join('') });
      const { exit, stderr } = await workspace.run(...execute);
      assert.equal(exit, 0);
      assert.match(
        stderr,
        /^a: T1 and T2 both name src\/a\.ts\. Such tasks run one after the other; --conflicts together/m,
      );
      assert.equal(workspace.read('done.txt'), 'T1\nT2\n');
    });

    it('runs them at once with --conflicts together, and says nothing', async () => {
      workspace = new CliWorkspace({ 'tasks.md': together.join('') });
      const { exit, stderr } = await workspace.run(...execute, '--conflicts', 'together');
      assert.equal(exit, 0);
      assert.doesNotMatch(stderr, /one after the other/);
      assert.equal(workspace.read('done.txt'), 'met\nmet\n');
    });

    it('goes by the configuration, and by --conflicts before it', async () => {
      workspace = new CliWorkspace({
        'tasks.md': alone.join(''),
        'parallel-groups.json': JSON.stringify({ conflicts: 'together' }),
      });
      const { exit, stderr } = await workspace.run(...execute, '--conflicts', 'apart');
      assert.equal(exit, 0);
      assert.doesNotMatch(stderr, /such tasks/i);
      workspace.write('tasks.md', together.join(''));
      await workspace.run('execute', '--all', '--yes');
      assert.equal(workspace.read('done.txt'), 'T1\nT2\nmet\nmet\n');
    });

    it('has no other answers', async () => {
      workspace = new CliWorkspace({ 'tasks.md': alone.join('') });
      assert.equal((await workspace.run(...execute, '--conflicts', 'ask')).exit, 2);
      assert.equal(workspace.read('done.txt'), '');
    });
  });

  it('gives tasks to the agent that is asked for, and refuses one that is not there', async () => {
    workspace = new CliWorkspace({
      'tasks.md': '- [ ] T1 [P:Group-a] One\n',
      'parallel-groups.json': JSON.stringify({
        agents: {
          mine: { command: ['node', '-e', 'require("fs").appendFileSync("done.txt", "mine")'] },
        },
      }),
    });
    const args = ['execute', '--group-id', 'a', '--yes', '--agent'];
    assert.equal((await workspace.run(...args, 'nobody')).exit, 1);
    await workspace.run(...args, 'mine');
    assert.equal(workspace.read('done.txt'), 'mine');
  });

  it('says why a group is unknown when its plan cannot be read', async () => {
    workspace = new CliWorkspace({ 'tasks.json': '{ "tasks": [ nonsense' });
    const { exit, stderr } = await workspace.run('execute', '--group-id', 'a');
    assert.equal(exit, 2);
    assert.match(stderr, /tasks\.json:1: /);
  });
});
