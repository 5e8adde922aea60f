import { strict as assert } from 'node:assert';
import { fates, metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';

const PLAN = '- [ ] T1 [P:Group-a] Task T1\n  `run: echo T1 >> done.txt; test -e good`\n';
const config = (approval: string): string => JSON.stringify({ policies: { approval } });

describe('approval on a command line without a terminal', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });

  it('of every task is given by --yes, and by nothing else', async () => {
    workspace = new CliWorkspace({ 'tasks.md': PLAN, 'parallel-groups.json': config('each-task') });
    const allowed = await workspace.run('execute', '--group-id', 'a', '--yes');
    assert.match(allowed.stderr, /^\[a\] T1 was allowed by the command line \(--yes\)$/m);
    assert.equal(workspace.read('done.txt'), 'T1\n');
    // Its commands are known by now.
    const refused = await workspace.json('execute', '--group-id', 'a');
    assert.equal(refused.exit, 1);
    const metadata = metadataIn(refused);
    assert.deepEqual(fates(metadata), { T1: 'failed' });
    assert.deepEqual(metadata.errors, [
      'T1: It was not started: the command line, which has no terminal to ask on (--yes allows it), refused it.',
    ]);
    assert.equal(workspace.read('done.txt'), 'T1\n');
  });

  it('of every run is given by --yes, although its commands are known', async () => {
    workspace = new CliWorkspace({ 'tasks.md': PLAN, 'parallel-groups.json': config('each-run') });
    assert.equal((await workspace.run('execute', '--group-id', 'a', '--yes')).exit, 1);
    const refused = await workspace.run('execute', '--group-id', 'a');
    assert.equal(refused.exit, 2);
    assert.match(refused.stderr, /a was not started: policies\.approval wants every run/);
    assert.equal(workspace.read('done.txt'), 'T1\n');
  });

  it('has no part in what is said of a task whose group never ran', async () => {
    workspace = new CliWorkspace({ 'tasks.md': PLAN });
    const { json } = await workspace.json('status', '--group-id', 'a');
    assert.match(JSON.stringify(json), /"why":"Its group is not running\."/);
  });
});
