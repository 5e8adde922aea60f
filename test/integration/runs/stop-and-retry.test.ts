import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../src/shared/manifest.ts';
import { useExtension } from '../../support/integration/extension.ts';
import { command, fakeAgent, run } from '../../support/integration/fake.ts';
import { openGroup } from '../../support/integration/runs.ts';
import { inWorkspace, read, write, writeConfig } from '../../support/integration/workspace.ts';
import { lives, pidIn } from '../../support/processes.ts';

const FILE = 'again.tasks.md';

describe('a run that is stopped', () => {
  const extension = useExtension();

  it('ends every process that its tasks started, and starts no more', async () => {
    await writeConfig({ maxConcurrent: 1 });
    // The first command has ended when the second begins, so that its child is an orphan.
    const leave = command('spawn-orphan=scratch/lost');
    const stay = command(
      'spawn=scratch/child',
      'spawn-orphan=scratch/orphan',
      'touch=scratch/agent',
      'hang',
    );
    const text = `- [ ] T1 [P:Group-stopped] Leave processes behind
  \`run: ${leave} && ${stay}\`
- [ ] T2 [P:Group-stopped] Never start
  ${run('touch=scratch/second')}
`;
    const group = await openGroup(extension.windowModel, FILE, 'stopped', text);
    await group.start();
    const files = ['lost', 'child', 'orphan', 'agent'];
    const pids = await Promise.all(files.map((file) => pidIn(inWorkspace(`scratch/${file}`))));
    assert.deepEqual(await Promise.all(pids.map(lives)), [true, true, true, true]);
    await vscode.commands.executeCommand(COMMANDS.stopGroup, { group: group.key });
    const view = await group.ended();

    assert.deepEqual(await Promise.all(pids.map(lives)), [false, false, false, false]);
    assert.deepEqual([view.run?.exitCode, view.status], [130, 'cancelled']);
    assert.deepEqual(
      view.tasks.map(({ status, attempts }) => [status, attempts]),
      [
        ['cancelled', 1],
        ['cancelled', 0],
      ],
    );
    assert.equal(await read(FILE), text);
    assert.equal((await group.metadata()).status, 'cancelled');
  });
});

describe('a run that is retried', () => {
  const extension = useExtension();

  it('does only what failed again, and closes what was proven before', async () => {
    await write('scratch/suite', 'print=not ok 1 - adds\nprint=1..1\nexit=1');
    await write('scratch/t2', 'exit=1');
    await writeConfig({ test: { command: fakeAgent('@scratch/suite') } });
    const text = `- [ ] T1 [P:Group-retried] Succeed at once
  ${run('touch=scratch/t1')}
- [ ] T2 [P:Group-retried] Succeed later
  ${run('@scratch/t2')}
- [ ] T3 [P:Group-retried] Depend on it (depends on T2)
  ${run('print=done')}
`;
    const group = await openGroup(extension.windowModel, FILE, 'retried', text);
    const failed = await group.runToEnd();
    assert.deepEqual(
      failed.tasks.map(({ appearance }) => appearance),
      ['proven', 'failed', 'waiting'],
    );
    assert.equal(failed.canRetry, true);
    assert.equal(await read(FILE), text);
    const before = await read('scratch/t1');

    await write('scratch/suite', 'print=ok 1 - adds\nprint=1..1');
    await write('scratch/t2', 'print=better');
    const later = `${text}- [ ] T4 [P:Group-retried] Come later\n  ${run('touch=scratch/t4')}\n`;
    await write(FILE, later);
    await group.until('the new task to show', ({ tasks }) => tasks.length === 4);
    const view = await group.runToEnd(COMMANDS.retryFailed);

    assert.equal(view.run?.exitCode, 0);
    assert.deepEqual(
      view.tasks.map(({ id, status, attempts }) => [id, status, attempts]),
      [
        ['T1', 'completed', 0],
        ['T2', 'completed', 1],
        ['T3', 'completed', 1],
        ['T4', 'pending', 0],
      ],
    );
    assert.equal(await read('scratch/t1'), before, 'T1 did not run again');
    assert.equal(await read(FILE), later.replaceAll(/\[ \] (?=T[123])/g, '[x] '));
    const { results } = await group.metadata();
    assert.deepEqual(
      results.map(({ task_id, closed }) => [task_id, closed]),
      [
        ['T1', true],
        ['T2', true],
        ['T3', true],
      ],
    );
  });
});
