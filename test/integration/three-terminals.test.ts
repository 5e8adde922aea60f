import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { useExtension } from '../support/integration/extension.ts';
import { fakeAgent, run } from '../support/integration/fake.ts';
import { openGroup } from '../support/integration/runs.ts';
import { inWorkspace, read, write, writeConfig } from '../support/integration/workspace.ts';
import { lives, pidIn } from '../support/processes.ts';

describe('three tasks at once, each in a terminal of its own', () => {
  const extension = useExtension();

  it('proves the one that succeeds, and says of the others why they failed', async () => {
    // Bytes that a careless writer would change: two kinds of line ends, white space, no last line end.
    const text = [
      '# Three  \r\n',
      '\r\n',
      '- [ ] T1 [P:Group-three] Exit badly\r\n',
      `  ${run('wait-file=scratch/go', 'print=out of paint', 'exit=7')}\r\n`,
      '* [ ] T2 [P:Group-three] Lose its runner\n',
      `  ${run('touch=scratch/t2.pid', 'hang')}\n`,
      '- [ ]\tT3 [P:Group-three] Succeed – ✓ \t\n',
      `  ${run('wait-file=scratch/go', 'print=painted')}\n`,
      '- [x] T4 [P:Group-three] Done long ago\n\n\ttail',
    ].join('');
    const group = await openGroup(extension.windowModel, 'three.tasks.md', 'three', text);
    await group.start();

    await group.until('all three to run', ({ tasks }) =>
      tasks.slice(0, 3).every(({ runnerPid }) => runnerPid !== null),
    );
    const runners = ['T1', 'T2', 'T3'].map((id) => group.task(id).runnerPid);
    const pids = await Promise.all(vscode.window.terminals.map(({ processId }) => processId));
    assert.equal(new Set(runners).size, 3);
    assert.ok(runners.every((pid) => pid !== null && pids.includes(pid)));

    const agent = await pidIn(inWorkspace('scratch/t2.pid'));
    process.kill(runners[1] ?? 0, 'SIGKILL');
    await group.untilTask('T2', 'to be failed', ({ status }) => status === 'failed');
    assert.equal(await lives(agent), false, 'the agent of a killed runner is ended');
    await write('scratch/go', '');
    const view = await group.ended();

    assert.equal(view.run?.exitCode, 1);
    assert.equal(view.status, 'failed');
    const [exit, interrupted] = ['T1', 'T2'].map((id) => group.task(id).failure);
    assert.ok(exit?.reason === 'exit');
    assert.equal(exit.exitCode, 7);
    assert.equal(exit.message, 'It ended with exit code 7. Its last line: out of paint');
    assert.ok(interrupted?.reason === 'interrupted');
    assert.equal(await read('three.tasks.md'), text.replace('- [ ]\tT3', '- [x]\tT3'));

    const metadata = await group.metadata();
    assert.deepEqual(metadata.tasks, ['T1', 'T2', 'T3']);
    assert.equal(metadata.status, 'failed');
    assert.equal(metadata.phase, 'post_execution');
    assert.equal(metadata.pre_group_refresh_completed, true);
    assert.deepEqual(
      metadata.results.map(({ task_id, status, closed, error }) => [
        task_id,
        status,
        closed,
        error,
      ]),
      [
        ['T1', 'failed', false, exit.message],
        ['T2', 'failed', false, interrupted.message],
        ['T3', 'completed', true, undefined],
      ],
    );
    assert.deepEqual(metadata.results[2]?.evidence, [
      { kind: 'exit', ok: true, detail: 'It ended with exit code 0.' },
    ]);
    assert.deepEqual(metadata.errors, [`T1: ${exit.message}`, `T2: ${interrupted.message}`]);
  });

  it('names the signal that ended an agent', async () => {
    await writeConfig({
      agents: { doomed: { command: fakeAgent('die=SIGKILL'), maxRetries: 0 } },
      agent: 'doomed',
    });
    const group = await openGroup(
      extension.windowModel,
      'signal.tasks.md',
      'signal',
      '- [ ] T1 [P:Group-signal] Be killed\n',
    );
    await group.runToEnd();
    const { failure } = group.task('T1');
    assert.equal(failure?.reason === 'signal' && failure.signal, 'SIGKILL');
    assert.match((await group.metadata()).results[0]?.error ?? '', /ended from outside by SIGKILL/);
  });
});
