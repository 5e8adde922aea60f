import { strict as assert } from 'node:assert';
import { CliWorkspace } from '../../support/cli-workspace.ts';

describe('what only a person can mend, on the command line', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });

  const escalationsIn = (stderr: string): string[] =>
    stderr.split('\n').filter((line) => /needs? you: /.test(line));

  it('is told once for all tasks that it keeps from running, with what to do', async () => {
    workspace = new CliWorkspace({
      'tasks.md':
        '- [ ] T1 [P:Group-a] One\n- [ ] T2 [P:Group-a] Two\n- [ ] T3 [P:Group-a] Three\n',
      'parallel-groups.json': '{ "agents": { "ghost": { "command": ["no-such-program-here"] } } }',
    });
    const args = ['execute', '--group-id', 'a', '--agent', 'ghost', '--yes'];
    const finished = await workspace.run(...args);
    assert.equal(finished.exit, 1);
    const [line = '', ...others] = escalationsIn(finished.stderr);
    assert.deepEqual(others, []);
    assert.match(line, /3 tasks need you: .*ghost/);
  });

  it('is nothing where a task failed by itself', async () => {
    workspace = new CliWorkspace({ 'tasks.md': '- [ ] T1 [P:Group-a] One\n  `run: false`\n' });
    const finished = await workspace.run('execute', '--group-id', 'a', '--yes');
    assert.equal(finished.exit, 1);
    assert.deepEqual(escalationsIn(finished.stderr), []);
  });
});
