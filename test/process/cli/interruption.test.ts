import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { errorIn, fates, metadataIn } from '../../support/cli-answers.ts';
import { CliWorkspace, type StartedCli } from '../../support/cli-workspace.ts';
import { eventually } from '../../support/eventually.ts';
import { lives, pidIn } from '../../support/processes.ts';

/** Ends with the workspace, too. */
const WAIT = 'while test -e tasks.md && ! test -e go; do sleep 0.05; done';

/** Three tasks: one that is done, one that waits for the file `go`, and one that comes after it. */
const PLAN = [
  '- [ ] T1 [P:Group-a] One\n  `run: echo T1 >> done.txt`\n',
  `- [ ] T2 [P:Group-a] Two (depends on T1)\n  \`run: echo $$ > pid; echo T2 >> done.txt; ${WAIT}\`\n`,
  '- [ ] T3 [P:Group-a] Three (depends on T2)\n  `run: echo T3 >> done.txt`\n',
].join('');

describe('a run of the command line that is interrupted', function () {
  this.timeout(60_000);
  let workspace: CliWorkspace;
  beforeEach(() => {
    workspace = new CliWorkspace({ 'tasks.md': PLAN });
  });
  afterEach(() => {
    workspace.dispose();
  });

  /** Starts the run and waits until its second task is under way. */
  async function halfway(): Promise<StartedCli> {
    const cli = await workspace.start('execute', '--group-id', 'a', '--yes', '--json');
    await eventually('the second task runs', () => workspace.read('done.txt') === 'T1\nT2\n');
    return cli;
  }

  async function killedHalfway(): Promise<void> {
    const cli = await halfway();
    cli.child.kill('SIGKILL');
    assert.equal((await cli.done).exit, 'SIGKILL');
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`is stopped by ${signal}, ends what runs, and answers 130`, async () => {
      const cli = await halfway();
      const pid = await pidIn(join(workspace.root, 'pid'));
      cli.child.kill(signal);
      const finished = await cli.done;
      assert.equal(finished.exit, 130);
      assert.equal(await lives(pid), false);
      const json: unknown = JSON.parse(finished.stdout);
      const metadata = metadataIn({ json });
      assert.equal(metadata.status, 'cancelled');
      assert.deepEqual(fates(metadata), { T1: 'completed', T2: 'cancelled', T3: 'cancelled' });
      assert.equal(workspace.read('done.txt'), 'T1\nT2\n');
    });
  }

  it('is stopped all the harder by a second Ctrl-C', async () => {
    workspace.write(
      'tasks.md',
      "- [ ] T1 [P:Group-a] One\n  `run: trap '' TERM INT; touch up; sleep 60`\n",
    );
    const cli = await workspace.start('execute', '--group-id', 'a', '--yes', '--json');
    await eventually('the task runs', () => existsSync(join(workspace.root, 'up')));
    cli.child.kill('SIGINT');
    await eventually('the first is noticed', () => cli.stderr().includes('Stopping.'));
    cli.child.kill('SIGINT');
    await eventually('the second is noticed', () => cli.stderr().includes('Ending everything.'));
    assert.equal((await cli.done).exit, 130);
  });

  it('is taken up after kill -9 with every command executed exactly once', async () => {
    await killedHalfway();
    const waiting = metadataIn(await workspace.json('status', '--group-id', 'a'));
    assert.equal(waiting.status, 'in_progress');
    assert.equal(waiting.held_by, null);
    const resuming = workspace.json('resume', '--group-id', 'a');
    await eventually('it is held again', async () => {
      const { held_by } = metadataIn(await workspace.json('status', '--group-id', 'a'));
      return held_by === 'command line';
    });
    workspace.write('go', '');
    const finished = await resuming;
    assert.equal(finished.exit, 0);
    const metadata = metadataIn(finished);
    assert.equal(metadata.run_id, waiting.run_id);
    assert.deepEqual(fates(metadata), { T1: 'completed', T2: 'completed', T3: 'completed' });
    assert.deepEqual(
      metadata.results.map(({ attempts, interrupted }) => [attempts, interrupted]),
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    );
    assert.equal(workspace.read('done.txt'), 'T1\nT2\nT3\n');
    assert.equal(workspace.read('tasks.md').match(/- \[x\]/g)?.length, 3);
  });

  it('is taken up even where its host has finished and gone meanwhile', async () => {
    await killedHalfway();
    const pid = await pidIn(join(workspace.root, 'pid'));
    workspace.write('go', '');
    await eventually('the second task ends', async () => !(await lives(pid)));
    const finished = await workspace.json('resume', '--group-id', 'a');
    assert.equal(finished.exit, 0);
    assert.equal(workspace.read('done.txt'), 'T1\nT2\nT3\n');
    assert.equal(metadataIn(finished).results[1]?.attempts, 1);
  });

  it('keeps a second run of the group from starting until it is taken up', async () => {
    await killedHalfway();
    const refused = await workspace.json('execute', '--group-id', 'a', '--yes');
    assert.equal(refused.exit, 2);
    assert.equal(errorIn(refused).error.reason, 'unfinished');
    assert.equal(workspace.read('done.txt'), 'T1\nT2\n');
  });

  it('is cancelled after kill -9 by taking it over, which launches nothing', async () => {
    await killedHalfway();
    const pid = await pidIn(join(workspace.root, 'pid'));
    const finished = await workspace.json('cancel', '--group-id', 'a');
    assert.equal(finished.exit, 0);
    assert.equal(metadataIn(finished).exit_code, 130);
    assert.equal(await lives(pid), false);
    assert.equal(workspace.read('done.txt'), 'T1\nT2\n');
  });

  it('is cancelled by another command line, which waits for the end', async () => {
    const cli = await halfway();
    const cancelled = await workspace.json('cancel', '--group-id', 'a');
    assert.equal(cancelled.exit, 0);
    assert.equal(metadataIn(cancelled).status, 'cancelled');
    assert.equal((await cli.done).exit, 130);
  });

  it('cannot be taken from a command line that lives', async () => {
    const cli = await halfway();
    const refused = await workspace.json('resume', '--group-id', 'a');
    assert.equal(refused.exit, 2);
    assert.equal(errorIn(refused).error.reason, 'held');
    assert.match(errorIn(refused).error.message, /command line \(process \d+\) coordinates/);
    workspace.write('go', '');
    assert.equal((await cli.done).exit, 0);
  });

  it('is resumed from a plan that only --tasks-file knows', async () => {
    workspace.write('notes.md', PLAN);
    const args = ['execute', '--tasks-file', 'notes.md', '--group-id', 'a', '--yes'];
    const cli = await workspace.start(...args);
    await eventually('the second task runs', () => workspace.read('done.txt') === 'T1\nT2\n');
    cli.child.kill('SIGKILL');
    await cli.done;
    workspace.write('go', '');
    const finished = await workspace.json('resume', '--group-id', 'notes.md#a');
    assert.equal(finished.exit, 0);
    assert.equal(workspace.read('notes.md').match(/- \[x\]/g)?.length, 3);
  });

  it('is resumed from a tag of Task Master that is not the current one', async () => {
    const run = (id: number, line: string) => ({
      id,
      title: `[P:Group-b] Step ${id}`,
      status: 'pending',
      dependencies: id === 1 ? [] : [id - 1],
      details: `\`run: ${line}\``,
    });
    const wait = `echo T2 >> done.txt; ${WAIT}`;
    const tasks = [run(1, 'echo T1 >> done.txt'), run(2, wait), run(3, 'echo T3 >> done.txt')];
    const file = '.taskmaster/tasks/tasks.json';
    workspace.write(file, JSON.stringify({ master: { tasks: [] }, feature: { tasks } }));
    const args = ['--tasks-file', `${file}@feature`, '--group-id', 'b', '--yes'];
    const cli = await workspace.start('execute', ...args);
    await eventually('the second task runs', () => workspace.read('done.txt') === 'T1\nT2\n');
    cli.child.kill('SIGKILL');
    await cli.done;
    workspace.write('go', '');
    const finished = await workspace.json('resume', '--group-id', 'b');
    assert.equal(finished.exit, 0, finished.stderr);
    assert.equal(workspace.read(file).match(/"status":"done"/g)?.length, 3);
  });

  it('has nothing to resume or cancel where nothing is under way', async () => {
    assert.equal(
      errorIn(await workspace.json('resume', '--group-id', 'a')).error.reason,
      'nothing',
    );
    assert.equal(
      errorIn(await workspace.json('cancel', '--group-id', 'a')).error.reason,
      'nothing',
    );
  });
});
