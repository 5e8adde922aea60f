import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../src/shared/manifest.ts';
import { useExtension } from '../../support/integration/extension.ts';
import { fakeAgent, run } from '../../support/integration/fake.ts';
import { openGroup } from '../../support/integration/runs.ts';
import { read, write, writeConfig } from '../../support/integration/workspace.ts';

const FILE = 'phases.tasks.md';
const PASSES = 'print=ok 1 - adds\nprint=ok 2 - subtracts\nprint=1..2\n';
const FAILS = 'print=not ok 1 - adds\nprint=ok 2 - subtracts\nprint=1..2\nexit=1\n';

describe('the phases of a run', () => {
  const extension = useExtension();
  const suite = { test: { command: fakeAgent('@scratch/suite') } };

  it('refresh the context and run the tests in terminals of their own', async () => {
    await write('scratch/suite', PASSES);
    await writeConfig({
      ...suite,
      agent: 'reader',
      agents: { reader: { command: fakeAgent('echo-stdin', 'edit-silently=scratch/a.js') } },
      contextRefresh: { command: fakeAgent('print=The weather is fine.') },
    });
    const opened: vscode.Terminal[] = [];
    const listening = vscode.window.onDidOpenTerminal((terminal) => opened.push(terminal));
    const group = await openGroup(
      extension.windowModel,
      FILE,
      'phases',
      '- [ ] T1 [P:Group-phases] Read the context\n',
    );
    const view = await group.runToEnd();
    listening.dispose();

    assert.deepEqual(
      opened.map(({ name }) => name.replace(/ node .*/, '')),
      ['Context refresh', 'Tests before', 'T1 Read the context', 'Tests'],
    );
    const pids = await Promise.all(opened.map(({ processId }) => processId));
    assert.equal(new Set(pids).size, 4);
    assert.ok(pids.every((pid) => pid !== undefined));
    assert.deepEqual(
      view.run?.phases.map(({ phase, state }) => [phase, state]),
      [
        ['pre_execution', 'done'],
        ['concurrent_execution', 'done'],
        ['coordination', 'done'],
        ['post_execution', 'done'],
      ],
    );
    const output = join(group.task('T1').attemptDir ?? '', 'output.log');
    assert.match(await readFile(output, 'utf8'), /The weather is fine\./);
    assert.deepEqual([view.run.refreshCompleted, view.run.exitCode], [true, 0]);
    const { status, total, passed, message } = view.run.tests ?? {};
    assert.deepEqual([status, total, passed], ['passed', 2, 2]);
    assert.match(message ?? '', /^2 tests passed/);
  });

  it('go on with a warning where the context cannot be refreshed', async () => {
    await writeConfig({ contextRefresh: { command: fakeAgent('exit=3') } });
    const text = `- [ ] T1 [P:Group-stale] Work\n  ${run('print=done')}\n`;
    const group = await openGroup(extension.windowModel, FILE, 'stale', text);
    const view = await group.runToEnd();
    assert.equal(view.run?.exitCode, 0);
    assert.equal(view.run.refreshCompleted, false);
    const metadata = await group.metadata();
    assert.equal(metadata.pre_group_refresh_completed, false);
    assert.deepEqual(metadata.warnings, ['The context refresh failed: It ended with exit code 3.']);
  });

  it('close nothing after a failing suite, and propose what to mend', async () => {
    await write('scratch/suite', PASSES);
    await writeConfig(suite);
    const text = `- [ ] T1 [P:Group-broken] Break addition\n  ${run('wait-file=scratch/go')}\n`;
    const group = await openGroup(extension.windowModel, FILE, 'broken', text);
    await group.start();
    await group.untilTask('T1', 'to run', ({ runnerPid }) => runnerPid !== null);
    await write('scratch/suite', FAILS);
    await write('scratch/go', '');
    const view = await group.ended();

    assert.deepEqual([view.run?.exitCode, view.status], [1, 'failed']);
    assert.equal(group.task('T1').appearance, 'proven');
    assert.equal(await read(FILE), text);
    const metadata = await group.metadata();
    assert.deepEqual(metadata.proposed_tasks, ['- [ ] Fix the failing test: adds']);
    assert.equal(metadata.tests?.status, 'failed');
    assert.deepEqual(
      metadata.results.map(({ status, closed }) => [status, closed]),
      [['completed', false]],
    );

    await vscode.commands.executeCommand(COMMANDS.addFixTasks, { group: group.key });
    const added = `${text}- [ ] T2 [P:Group-broken] Fix the failing test: adds\n`;
    assert.equal(await read(FILE), added);
    await group.until('to propose nothing more', ({ run: of }) => of?.proposedTasks.length === 0);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.getText(), added);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), text);
    await editor.document.save();
  });

  it('tell a suite without tests from one that passed', async () => {
    await write('scratch/suite', 'print=TAP version 13\nprint=1..0\n');
    await writeConfig(suite);
    const text = `- [ ] T1 [P:Group-untested] Work\n  ${run('print=done')}\n`;
    const group = await openGroup(extension.windowModel, FILE, 'untested', text);
    const view = await group.runToEnd();
    assert.equal(view.run?.tests?.status, 'none');
    assert.match(view.run.tests.message, /found no tests, so nothing was proven by tests/);
    assert.match(view.detail, /· no tests ·/);
    assert.equal(view.run.exitCode, 0);
    assert.match(await read(FILE), /\[x\] T1/);
  });
});
