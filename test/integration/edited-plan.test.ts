import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { useExtension } from '../support/integration/extension.ts';
import { run } from '../support/integration/fake.ts';
import { openGroup, type TestGroup } from '../support/integration/runs.ts';
import { inWorkspace, read, write } from '../support/integration/workspace.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';

const FILE = 'edited.tasks.md';
const WAITS = run('wait-file=scratch/go');
const PLAN = `# Edited

- [ ] 1. [P:Group-edited] Lay the floor
  ${WAITS}
- [ ] 2. [P:Group-edited] Raise the walls
  ${run('wait-file=scratch/go', 'exit=1')}
`;

describe('a plan that is edited', () => {
  const extension = useExtension();
  const open = (text: string): Promise<TestGroup> =>
    openGroup(extension.windowModel, FILE, 'edited', text);

  it('is shown as it is on disk, without being asked', async () => {
    const group = await open(PLAN);
    await write(FILE, PLAN.replace('Lay the floor', 'Lay the carpet').replace('[ ] 2.', '[x] 2.'));
    const view = await group.until('the edit to show', ({ counts }) => counts.completed === 1);
    assert.deepEqual(
      view.tasks.map(({ title, status }) => [title, status]),
      [
        ['Lay the carpet', 'pending'],
        ['Raise the walls', 'completed'],
      ],
    );
  });

  it('has the right box ticked although it was re-ordered and renumbered during the run', async () => {
    const group = await open(PLAN);
    await group.start();
    await group.until('both to run', ({ counts }) => counts.running === 2);
    const reordered = `# Edited, again

Some prose that says - [ ] 1. Lay the floor.

- [ ] 1. [P:Group-edited] Raise the walls
  ${run('exit=1')}
- [ ] 2. [P:Group-edited] Open the windows
- [ ] 3. [P:Group-edited] Lay the floor
  ${WAITS}
`;
    await write(FILE, reordered);
    await group.until('the new order to show', ({ tasks }) => tasks.length === 3);
    await write('scratch/go', '');
    const view = await group.ended();
    assert.equal(await read(FILE), reordered.replace('- [ ] 3.', '- [x] 3.'));
    assert.deepEqual(
      view.tasks.map(({ title, status }) => [title, status]),
      [
        ['Raise the walls', 'failed'],
        ['Open the windows', 'pending'],
        ['Lay the floor', 'completed'],
      ],
    );
  });

  it('is marked but not saved while it has unsaved changes of a person', async () => {
    const group = await open(PLAN);
    const document = await vscode.workspace.openTextDocument(inWorkspace(FILE));
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), 'Not finished yet.\n'));
    await write('scratch/go', '');
    await group.runToEnd();

    const task = group.task('1');
    assert.equal(task.appearance, 'proven');
    assert.match(task.detail, /^proven, not yet closed: .*unsaved changes/);
    assert.equal(document.isDirty, true);
    assert.equal(
      document.getText(),
      PLAN.replace('Edited\n', 'Edited\nNot finished yet.\n').replace('[ ] 1.', '[x] 1.'),
    );
    assert.equal(await read(FILE), PLAN);
    const metadata = await group.metadata();
    assert.deepEqual(
      metadata.results.map(({ status, closed }) => [status, closed]),
      [
        ['completed', false],
        ['failed', false],
      ],
    );

    await document.save();
    await group.untilTask('1', 'to be closed', ({ appearance }) => appearance === 'completed');
  });

  it('is edited through its editor where it is open, so that undo works', async () => {
    const group = await open(PLAN);
    const document = await vscode.workspace.openTextDocument(inWorkspace(FILE));
    await vscode.window.showTextDocument(document);
    await write('scratch/go', '');
    await group.runToEnd();

    const ticked = PLAN.replace('[ ] 1.', '[x] 1.');
    assert.equal(await read(FILE), ticked);
    assert.equal(document.getText(), ticked);
    assert.equal(document.isDirty, false);
    assert.equal(group.task('1').appearance, 'completed');

    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await eventually('the mark to be undone', () => Promise.resolve(document.getText() === PLAN));
    assert.equal(document.isDirty, true);
  });
});
