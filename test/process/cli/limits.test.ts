import { strict as assert } from 'node:assert';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { FAKE_AGENT } from '../../support/attempts.ts';
import { fates, metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace } from '../../support/cli-workspace.ts';
import { eventually } from '../../support/eventually.ts';

/** Fails beside another one of its kind. */
const ALONE = 'mkdir alone && sleep 0.2 && rmdir alone';
const ANSWERS = { subagents: { 'backend-architect': { expectsChanges: false } } };
const scripted = (more: object = {}): object => ({
  command: ['node', FAKE_AGENT],
  events: 'claude',
  maxRetries: 0,
  ...more,
});
const task = (id: string, ...steps: readonly string[]): string =>
  `- [ ] ${id} [P:Group-a] Work on ${id}\n  fake: ${steps.join(' ; ')}\n`;

describe('limits, in real runs of the command line', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });

  function open(plan: string, config: object): void {
    workspace = new CliWorkspace({
      'tasks.md': plan,
      'parallel-groups.json': JSON.stringify(config),
    });
  }
  const executed = (): ReturnType<CliWorkspace['json']> =>
    workspace.json('execute', '--group-id', 'a', '--yes');

  it('queue the tasks of an agent that is busy, though the run has room', async () => {
    const command = ['sh', '-c', ALONE];
    open(['T1', 'T2', 'T3'].map((id) => `- [ ] ${id} [P:Group-a] Work on ${id}\n`).join(''), {
      ...ANSWERS,
      agent: 'single',
      maxConcurrent: 3,
      agents: { single: { command, maxConcurrent: 1, maxRetries: 0 } },
    });
    const finished = await executed();
    assert.equal(finished.exit, 0, finished.stderr);
    assert.deepEqual(fates(metadataIn(finished)), {
      T1: 'completed',
      T2: 'completed',
      T3: 'completed',
    });
  });

  it('keep tasks apart of which one names the other as a conflict, together or not', async () => {
    const file = (id: string): string => `.claude/epics/login/${id}.md`;
    const text = (id: string, field: string): string =>
      `---\nname: Step ${id}\nstatus: open\nparallel: true\n${field}\n---\n\n\`run: ${ALONE}\`\n`;
    workspace = new CliWorkspace({
      [file('001')]: text('001', 'conflicts_with: [002]'),
      [file('002')]: text('002', 'depends_on: []'),
    });
    const finished = await workspace.run('execute', '--all', '--yes', '--conflicts', 'together');
    assert.equal(finished.exit, 0, finished.stderr);
  });

  it('launch nothing while less memory is free than is to be kept, and say so', async () => {
    open('- [ ] T1 [P:Group-a] One\n  `run: echo T1 >> done.txt`\n', { minFreeMemoryMb: 1e9 });
    const cli = await workspace.start('execute', '--group-id', 'a', '--yes', '--json');
    await eventually('to hear of it', () => cli.stderr().includes('MiB of memory are free'));
    // The context is refreshed first, whatever memory there is.
    await eventually('to read why in the status', async () => {
      const { json } = await workspace.json('status', '--group-id', 'a');
      return JSON.stringify(json).includes('"why":"Nothing is launched just now: only ');
    });
    cli.child.kill('SIGINT');
    assert.equal((await cli.done).exit, 130);
    assert.equal(workspace.read('done.txt'), '');
  });

  it('wait for a provider as long as it says, all its tasks, and use up no retry', async () => {
    const refused = ['limited=3', 'touch=told', 'error=429', 'exit=1'];
    open(
      task('T1', ...refused.map((step) => `attempt=1:${step}`), 'touch=again', 'ok') +
        task('T2', 'touch=other', 'ok'),
      { ...ANSWERS, agent: 'one', maxConcurrent: 1, agents: { one: scripted() } },
    );
    const finished = await executed();
    assert.equal(finished.exit, 0, finished.stderr);
    const metadata = metadataIn(finished);
    assert.deepEqual(
      metadata.results.map(({ attempts }) => attempts),
      [2, 1],
    );
    const at = (file: string): number => statSync(join(workspace.root, file)).mtimeMs;
    // The provider names a whole second, which is at most half of one earlier.
    for (const file of ['again', 'other']) {
      assert.ok(at(file) - at('told') > 2000, `${file} came before its time`);
    }
  });

  it('of a budget in USD warn at four fifths, then start nothing new, with a code', async () => {
    const price = { inputPerMTok: 0, outputPerMTok: 0 };
    open(['T1', 'T2', 'T3', 'T4'].map((id) => task(id, 'says=One', 'says=Two', 'ok')).join(''), {
      ...ANSWERS,
      agent: 'one',
      maxConcurrent: 1,
      agents: { one: scripted({ price }) },
      // Every task says at its end that it has cost 0.02.
      policies: { budget: { maxCostUsd: 0.05 } },
    });
    const finished = await executed();
    assert.equal(finished.exit, 1);
    const metadata = metadataIn(finished);
    assert.deepEqual(fates(metadata), {
      T1: 'completed',
      T2: 'completed',
      T3: 'completed',
      T4: 'failed',
    });
    assert.match(JSON.stringify(metadata.warnings), /\$0\.04 of/);
    const [last] = metadata.results.slice(-1);
    assert.equal(last?.attempts, 0);
    assert.match(JSON.stringify(last), /"code":"POLICY_VIOLATION","message":"The run's budget of/);
  });

  it('of a budget hold an agent that only counts tokens by its price', async () => {
    open(task('T1', 'says=One', 'says=Two', 'hang') + task('T2', 'ok'), {
      ...ANSWERS,
      agent: 'one',
      maxConcurrent: 1,
      agents: { one: scripted({ price: { inputPerMTok: 1000, outputPerMTok: 1000 } }) },
      // A message has 130 tokens, which are 0.13 at this price: the first spends it, the second is beyond.
      policies: { budget: { maxCostUsd: 0.1 } },
    });
    const finished = await executed();
    assert.equal(finished.exit, 1);
    assert.deepEqual(fates(metadataIn(finished)), { T1: 'failed', T2: 'failed' });
    assert.match(
      JSON.stringify(metadataIn(finished).results[0]),
      /\$0\.26 \(estimated\)\), so it was stopped/,
    );
  });

  it('close nothing without the tests that are required', async () => {
    open('- [ ] T1 [P:Group-a] One\n  `run: true`\n', { test: { required: true } });
    const finished = await executed();
    assert.equal(finished.exit, 1);
    assert.match(workspace.read('tasks.md'), /- \[ \] T1/);
    assert.match(JSON.stringify(metadataIn(finished).errors), /test/);
  });
});
