import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { asTaskKey } from '../../src/shared/ids.ts';
import { COMMANDS } from '../../src/shared/manifest.ts';
import { useExtension } from '../support/integration/extension.ts';
import { inWorkspace, read, writePlan } from '../support/integration/workspace.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';

const FILE = 'moved.tasks.md';
const PLAN = `# Moved

- [ ] T1 [P:Group-front] Paint the door
- [ ] T2 Paint the fence
  in green
- [ ] T3 Paint the wall
`;
const key = (id: string) => asTaskKey(`${FILE}#${id}`);

describe('moving tasks between groups', () => {
  const extension = useExtension();

  /** Opens the plan with a selection in it: from the first text to the second. */
  const select = async (...places: readonly (readonly [from: string, to: string])[]) => {
    const document = await vscode.workspace.openTextDocument(inWorkspace(FILE));
    const editor = await vscode.window.showTextDocument(document);
    const at = (text: string) => document.positionAt(document.getText().indexOf(text));
    editor.selections = places.map(([from, to]) => new vscode.Selection(at(from), at(to)));
    return document;
  };
  const open = async (text = PLAN) => {
    await writePlan(FILE, text);
    await extension.windowModel.refresh();
    // The editor may still know the file of the test before.
    await eventually('the editor to know the plan', async () => {
      const document = await vscode.workspace.openTextDocument(inWorkspace(FILE));
      return document.getText() === text;
    });
  };
  const groups = () =>
    extension.windowModel
      .groups()
      .filter(({ source }) => source === FILE)
      .map(({ title, tasks }) => `${title}: ${tasks.map(({ id }) => id).join(' ')}`);

  it('puts the task at the cursor into a group, saves the plan, and can be undone', async () => {
    await open();
    const document = await select(['in green', 'in green']);
    await vscode.commands.executeCommand(COMMANDS.addToGroup, { to: 'front' });

    const moved = PLAN.replace('T2 ', 'T2 [P:Group-front] ');
    assert.equal(await read(FILE), moved);
    assert.equal(document.isDirty, false);
    assert.deepEqual(groups(), ['front: T1 T2', 'Sequential: T3']);

    await vscode.commands.executeCommand('undo');
    await eventually('the move to be undone', () => Promise.resolve(document.getText() === PLAN));
  });

  it('makes a new group of what is selected with several cursors', async () => {
    await open();
    await select(['Paint the door', 'Paint the door'], ['the wall', 'the wall']);
    await vscode.commands.executeCommand(COMMANDS.newGroup, { to: 'back' });
    assert.equal(
      await read(FILE),
      PLAN.replace('Group-front', 'Group-back').replace('T3 ', 'T3 [P:Group-back] '),
    );
    assert.deepEqual(groups(), ['back: T1 T3', 'Sequential: T2']);
  });

  it('takes the selected rows of the tree out of their group, though no editor shows their plan', async () => {
    await open(PLAN.replace('T2 ', 'T2 [P:Group-front] '));
    const group = { kind: 'group', key: `${FILE}#front` };
    const rows = ['T1', 'T2'].map((id) => ({ kind: 'task', key: key(id), group }));
    await vscode.commands.executeCommand(COMMANDS.removeFromGroup, rows[0], rows);
    assert.equal(await read(FILE), PLAN.replace('[P:Group-front] ', ''));
    assert.deepEqual(groups(), ['Sequential: T1 T2 T3']);
  });

  it('moves only the row that was clicked where others are selected', async () => {
    await open(PLAN.replace('T2 ', 'T2 [P:Group-front] '));
    const group = { kind: 'group', key: `${FILE}#front` };
    const row = (id: string) => ({ kind: 'task', key: key(id), group });
    await vscode.commands.executeCommand(COMMANDS.removeFromGroup, row('T1'), [row('T2')]);
    assert.deepEqual(groups(), ['Sequential: T1 T3', 'front: T2']);
  });

  it('takes a task out of its group, and leaves a document with unsaved changes unsaved', async () => {
    await open();
    const document = await select(['# Moved', '# Moved']);
    const heading = new vscode.WorkspaceEdit();
    heading.insert(document.uri, new vscode.Position(0, 7), ' again');
    await vscode.workspace.applyEdit(heading);
    await vscode.commands.executeCommand(COMMANDS.removeFromGroup, { task: key('T1') });
    assert.equal(
      document.getText(),
      PLAN.replace('Moved', 'Moved again').replace('[P:Group-front] ', ''),
    );
    assert.equal(document.isDirty, true);
    assert.equal(await read(FILE), PLAN);
  });

  it('moves a task that is only in the editor yet', async () => {
    await open();
    const document = await select(['# Moved', '# Moved']);
    const added = new vscode.WorkspaceEdit();
    added.insert(document.uri, new vscode.Position(2, 0), '- [ ] T0 Buy paint\n');
    await vscode.workspace.applyEdit(added);
    await select(['Buy paint', 'Buy paint']);
    await vscode.commands.executeCommand(COMMANDS.addToGroup, { to: 'front' });
    assert.match(document.getText(), /^- \[ \] T0 \[P:Group-front\] Buy paint$/m);
  });

  it('moves a task of a JSON plan, whose other bytes stay', async () => {
    const json = '{\r\n  "tasks": [ {"id": 1, "title": "Über \\"all\\""} ]\r\n}\r\n';
    await writePlan('moved.tasks.json', json);
    await extension.windowModel.refresh();
    const task = asTaskKey('moved.tasks.json#1');
    await vscode.commands.executeCommand(COMMANDS.addToGroup, { task, to: 'a"b' });
    assert.equal(await read('moved.tasks.json'), json.replace('"Über', '"[P:Group-a\\"b] Über'));
  });
});
