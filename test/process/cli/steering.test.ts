import { strict as assert } from 'node:assert';
import { FAKE_AGENT } from '../../support/attempts.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';
import { eventually } from '../../support/eventually.ts';

/** A plan whose tasks are carried out by the fake agent, in a conversation. */
function talking(tasks: Readonly<Record<string, readonly string[]>>): CliWorkspace {
  const agent = (steps: readonly string[]): object => ({
    command: [process.execPath, FAKE_AGENT, ...steps],
    resume: [process.execPath, FAKE_AGENT, 'init={session}', 'hear', 'edit=again.txt', 'ok'],
    events: 'claude',
    stdin: 'conversation',
  });
  const names = Object.keys(tasks);
  const plan = names.map((id) => `- [ ] ${id} [P:Group-a] Do ${id} [Subagent: ${id}]\n`);
  return new CliWorkspace({
    'tasks.md': plan.join(''),
    'parallel-groups.json': JSON.stringify({
      agents: Object.fromEntries(Object.entries(tasks).map(([id, steps]) => [id, agent(steps)])),
      subagents: Object.fromEntries(names.map((id) => [id, { agent: id }])),
      contextRefresh: { command: ['true'] },
    }),
  });
}

describe('the command line beside a run', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });

  it('tells an agent at work something, and gives a task that is over back to its session', async () => {
    workspace = talking({
      T1: ['init=s-1', 'hear', 'touch=begun', 'hear', 'edit=a.txt', 'ok'],
      T2: ['init', 'hear', 'edit=b.txt', 'wait-file=go', 'ok'],
    });
    const run = await workspace.start('execute', '--group-id', 'a', '--yes');
    await eventually('T1 has begun', () => workspace.read('begun') !== '');
    const nudged = await workspace.run('nudge', '--task', 't1', '--message', 'use tabs');
    assert.equal(nudged.stdout, 'T1 was told, for T1.\n', nudged.stderr);
    await eventually('T1 is done', () => run.stderr().includes('T1 completed'));
    const again = await workspace.json('nudge', '--task', 'tasks.md#T1', '--message', 'and more');
    assert.deepEqual(again.json, {
      version: 1,
      task: 'tasks.md#T1',
      nudged: 'taken_up',
      exit_code: 0,
    });
    await eventually('T1 goes on', () => workspace.read('again.txt') !== '');
    workspace.write('go', '');
    assert.equal((await run.done).exit, 0, run.stderr());
    const late = await workspace.run('nudge', '--task', 'T1', '--message', 'late');
    assert.equal(late.exit, 2);
    assert.match(late.stderr, /T1: The run is over/);
  });

  it('stops one task of a run, and the others go on', async () => {
    workspace = talking({
      T1: ['init', 'hang'],
      T2: ['init', 'touch=begun', 'hear', 'edit=b.txt', 'wait-file=go', 'ok'],
    });
    const run = await workspace.start('execute', '--group-id', 'a', '--yes');
    await eventually('T2 has begun', () => workspace.read('begun') !== '');
    const stopped = await workspace.run('cancel', '--group-id', 'a', '--task', 'T1');
    assert.equal(stopped.stdout, 'T1 was stopped.\n', stopped.stderr);
    workspace.write('go', '');
    assert.equal((await run.done).exit, 130, run.stderr());
    assert.match(run.stderr(), /T2 completed/);
  });

  it('says why a message cannot be passed on', async () => {
    workspace = talking({ T1: ['init', 'ok'] });
    const table: readonly [string, RegExp][] = [
      ['T9', /There is no task "T9" in the plans here/],
      ['T1', /T1: It has not run yet: what you have to say goes into its text/],
    ];
    for (const [task, why] of table) {
      const refused = await workspace.run('nudge', '--task', task, '--message', 'x');
      assert.equal(refused.exit, 2);
      assert.match(refused.stderr, why);
    }
  });

  it('accepts no review of a task that does not wait for one', async () => {
    workspace = talking({ T1: ['init', 'ok'] });
    const refused = await workspace.run('review', '--task', 'T1', '--not-proven');
    assert.equal(refused.exit, 2);
    assert.match(refused.stderr, /T1: This task is not waiting for a review/);
    const former = await workspace.run('prove', '--task', 'T1', '--not-proven');
    assert.equal(former.stderr, refused.stderr);
    assert.match((await workspace.run('review', '--task', 'T1')).stderr, /say --proven, or --not-/);
  });
});
