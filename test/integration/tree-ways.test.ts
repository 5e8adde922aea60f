import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SEQUENTIAL } from '../../src/shared/ids.ts';
import { COMMANDS } from '../../src/shared/manifest.ts';
import { TaskDragging } from '../../src/views/tree/drag-and-drop.ts';
import type { GroupsTree } from '../../src/views/tree/groups-tree.ts';
import type { TaskNode, TreeNode } from '../../src/views/tree/model/nodes.ts';
import { useExtension } from '../support/integration/extension.ts';
import { run } from '../support/integration/fake.ts';
import { openGroup, type TestGroup } from '../support/integration/runs.ts';
import { inWorkspace, read, write, writePlan } from '../support/integration/workspace.ts';
import { eventually } from '../support/vscode/verbs/eventually.ts';

const FILE = 'ways.tasks.md';
const PLAN = `- [ ] T1 [P:Group-ways] Write the api (depends on T2)
- [ ] T2 [P:Group-ways] Write the ui component
- [ ] T3 [P:Group-other] Write the api of others
- [ ] T4 Sweep
`;

describe('the ways to look at the groups', () => {
  const extension = useExtension();
  let group: TestGroup;

  beforeEach(async () => {
    await writePlan('ways.plan.md', '- [ ] T9 [P:Group-ways] Paint the shed\n');
    group = await openGroup(extension.windowModel, FILE, 'ways', PLAN);
    await drawn(extension.tree, (rows) => rows.includes('other | 1 task'));
  });

  afterEach(async () => {
    await vscode.commands.executeCommand(COMMANDS.viewByGroup);
  });

  it('are by group, where groups of one name say which plan they are of', () => {
    assert.deepEqual(rowsOf(extension.tree), [
      'ways | ways.plan.md · 1 task',
      '  T9 Paint the shed | backend-architect',
      'ways | ways.tasks.md · 2 tasks',
      '  T1 Write the api | waits for T2',
      '  T2 Write the ui component | frontend-developer',
      'other | 1 task',
      '  T3 Write the api of others | backend-architect',
      'Sequential | ways.tasks.md · 1 task',
      '  T4 Sweep | backend-architect',
    ]);
  });

  it('are by source', async () => {
    await vscode.commands.executeCommand(COMMANDS.viewBySource);
    assert.deepEqual(rowsOf(extension.tree), [
      'ways.plan.md | Markdown · 1 group',
      '  ways | 1 task',
      '    T9 Paint the shed | backend-architect',
      'ways.tasks.md | Markdown · 3 groups',
      '  ways | 2 tasks',
      '    T1 Write the api | waits for T2',
      '    T2 Write the ui component | frontend-developer',
      '  other | 1 task',
      '    T3 Write the api of others | backend-architect',
      '  Sequential | 1 task',
      '    T4 Sweep | backend-architect',
    ]);
  });

  it('are by subagent, with the group of each task', async () => {
    await vscode.commands.executeCommand(COMMANDS.viewBySubagent);
    // The fixture's own tasks are counted too.
    const rows = rowsOf(extension.tree).map((row) => row.replace(/ \| \d+ tasks?$/, ''));
    assert.deepEqual(rows, [
      'backend-architect',
      '  T9 Paint the shed | ways (ways.plan.md) · backend-architect',
      '  T1 Write the api | ways (ways.tasks.md) · waits for T2',
      '  T3 Write the api of others | other · backend-architect',
      '  T4 Sweep | Sequential (ways.tasks.md) · backend-architect',
      'frontend-developer',
      '  T2 Write the ui component | ways (ways.tasks.md) · frontend-developer',
    ]);
  });

  it('show waves where a group has several, while they are wanted', async () => {
    await vscode.commands.executeCommand(COMMANDS.toggleWaves);
    const shown = rowsOf(extension.tree);
    await vscode.commands.executeCommand(COMMANDS.toggleWaves);
    assert.deepEqual(shown.slice(0, 7), [
      'ways | ways.plan.md · 1 task',
      '  T9 Paint the shed | backend-architect',
      'ways | ways.tasks.md · 2 tasks',
      '  Wave 1 | 1 task',
      '    T2 Write the ui component | frontend-developer',
      '  Wave 2 | 1 task',
      '    T1 Write the api | waits for T2',
    ]);
    assert.ok(!rowsOf(extension.tree).some((row) => row.includes('Wave')));
  });

  it('draw checkboxes only while a person chooses tasks', async () => {
    const nodes = () => nodesOf(extension.tree).filter((node) => node.key.startsWith(FILE));
    const boxes = () =>
      nodes().map((node) => checkbox(extension.tree.getTreeItem(node).checkboxState));
    await vscode.commands.executeCommand(COMMANDS.chooseTasks, { group: group.key });
    assert.deepEqual(boxes(), ['checked', 'checked', 'checked', '', '', '', '']);
    const [row] = nodes();
    assert.ok(row !== undefined);
    assert.equal(
      extension.tree.getTreeItem(row).description,
      'ways.tasks.md · 2 of 2 tasks chosen · 2 tasks',
    );
    assert.equal(extension.tree.getTreeItem(row).contextValue, 'group;runChosen;choosing');
    await vscode.commands.executeCommand(COMMANDS.endChoosing, { group: group.key });
    assert.deepEqual(boxes(), ['', '', '', '', '', '', '']);
  });
});

describe('dragging tasks in the tree', () => {
  const extension = useExtension();
  let group: TestGroup;

  beforeEach(async () => {
    group = await openGroup(extension.windowModel, FILE, 'ways', PLAN);
    await drawn(extension.tree, (rows) => rows.includes('other | 1 task'));
  });

  it('moves them to a group by their markers, and back by undo', async () => {
    await drop(['T1', 'T4'], `${FILE}#other`);
    const moved = PLAN.replace('T1 [P:Group-ways]', 'T1 [P:Group-other]').replace(
      'T4 Sweep',
      'T4 [P:Group-other] Sweep',
    );
    assert.equal(await read(FILE), moved);
    await drawn(extension.tree, (rows) => rows.includes('other | 3 tasks · 1 blocked'));

    const { document } = await vscode.window.showTextDocument(vscode.Uri.file(inWorkspace(FILE)));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), PLAN);
    await document.save();
  });

  it('takes their markers away on Sequential', async () => {
    await drop(['T1'], `${FILE}#${SEQUENTIAL}`);
    assert.equal(await read(FILE), PLAN.replace('T1 [P:Group-ways] ', 'T1 '));
  });

  it('changes no plan for a group of another one', async () => {
    await writePlan('ways.plan.md', '- [ ] T9 [P:Group-paint] Paint the shed\n');
    await extension.windowModel.refresh();
    await drawn(extension.tree, (rows) => rows.includes('paint | 1 task'));
    await drop(['T1'], 'ways.plan.md#paint');
    assert.equal(await read(FILE), PLAN);
  });

  it('changes the plan of a group that runs, and not its run', async () => {
    const text = `- [ ] T1 [P:Group-ways] Wait\n  ${run('wait-file=scratch/go')}\n- [ ] T3 [P:Group-other] Do\n`;
    group = await openGroup(extension.windowModel, FILE, 'ways', text);
    await group.start();
    await group.untilTask('T1', 'to run', ({ runnerPid }) => runnerPid !== null);
    await drop(['T1'], `${FILE}#other`);
    assert.match(await read(FILE), /T1 \[P:Group-other\]/);
    const held = extension.windowModel.locate(group.key)?.workspace.runs.active(group.key);
    assert.deepEqual([...(held?.state.tasks.keys() ?? [])], [`${FILE}#T1`]);
    await write('scratch/go', '');
    await held?.done;
  });

  it('says the ids of the tasks to whatever else they are dropped on', () => {
    const { transfer } = dragged(['T1', 'T3']);
    assert.equal(transfer.get('text/plain')?.value, 'T1, T3');
  });

  function dragged(ids: readonly string[]) {
    const dragging = new TaskDragging(extension.windowModel, extension.tree);
    const nodes = ids.map((id) => taskNode(extension.tree, id));
    const transfer = new vscode.DataTransfer();
    dragging.handleDrag(nodes, transfer);
    return { dragging, transfer, nodes };
  }

  /** What VS Code does where a person drops tasks on a row. */
  async function drop(ids: readonly string[], target: string): Promise<void> {
    const { dragging, transfer, nodes } = dragged(ids);
    const [rows] = dragging.dropMimeTypes;
    assert.ok(rows !== undefined);
    transfer.set(rows, new vscode.DataTransferItem(nodes));
    const row = nodesOf(extension.tree).find(({ key }) => key === target);
    assert.ok(row !== undefined);
    await dragging.handleDrop(row, transfer);
  }
});

describe('a task that could not be closed', () => {
  const extension = useExtension();
  // Of its own: an editor may still hold what stood in a file of another test.
  const file = 'close.tasks.md';

  it('is closed from its row once its plan can be changed', async () => {
    const text = `- [ ] T1 [P:Group-close] Do it\n  ${run('print=done')}\n`;
    const group = await openGroup(extension.windowModel, file, 'close', text);
    const document = await vscode.workspace.openTextDocument(inWorkspace(file));
    const editor = await vscode.window.showTextDocument(document);
    const isEdited = await editor.edit((edit) => {
      edit.insert(document.lineAt(document.lineCount - 1).range.end, '\nUnsaved words.\n');
    });
    assert.ok(isEdited);
    await group.runToEnd();
    assert.equal(group.task('T1').appearance, 'proven');
    assert.match(group.task('T1').closeProblem ?? '', /has unsaved changes/);
    const row = taskNode(extension.tree, 'T1', file);
    await eventually('the row to offer it', () =>
      Promise.resolve(extension.tree.getTreeItem(row).contextValue === 'task;launched;unclosed'),
    );
    const { tooltip } = await extension.tree.resolveTreeItem(new vscode.TreeItem(''), row);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.match(tooltip.value, /Not closed: .*has unsaved changes/);

    // It is marked there already, and still not saved.
    await vscode.commands.executeCommand(COMMANDS.closeTask, { task: group.task('T1').key });
    assert.equal(await read(file), text);

    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand(COMMANDS.closeTask, { task: group.task('T1').key });
    assert.equal(await read(file), text.replace('[ ]', '[x]'));
    await group.untilTask('T1', 'to be completed', ({ appearance }) => appearance === 'completed');
    assert.equal(group.task('T1').closeProblem, null);
  });
});

function checkbox(state: vscode.TreeItem['checkboxState']): string {
  const value = typeof state === 'object' ? state.state : state;
  return value === undefined
    ? ''
    : value === vscode.TreeItemCheckboxState.Checked
      ? 'checked'
      : 'unchecked';
}

function taskNode(tree: GroupsTree, id: string, file = FILE): TaskNode {
  const found = nodesOf(tree).find((node) => node.key === `${file}#${id}`);
  assert.ok(found?.kind === 'task', `There is no row of ${id}.`);
  return found;
}

function nodesOf(tree: GroupsTree, node?: TreeNode): TreeNode[] {
  return tree.getChildren(node).flatMap((each) => [each, ...nodesOf(tree, each)]);
}

/** Every row of these plans as `label | description`, indented below its own. */
function rowsOf(tree: GroupsTree, node?: TreeNode, indent = ''): string[] {
  const ours = tree.getChildren(node).filter(({ key }) => !key.startsWith('tasks.md'));
  return ours.flatMap((each) => {
    const { label, description } = tree.getTreeItem(each);
    const text = typeof label === 'string' ? label : label?.label;
    return [`${indent}${text} | ${String(description)}`, ...rowsOf(tree, each, `${indent}  `)];
  });
}

async function drawn(tree: GroupsTree, isSo: (rows: readonly string[]) => boolean): Promise<void> {
  await eventually('the rows', () => Promise.resolve(isSo(rowsOf(tree))));
}
