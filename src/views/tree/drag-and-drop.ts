import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { VIEWS } from '../../shared/manifest.ts';
import type { GroupsTree } from './groups-tree.ts';
import { groupOf, type TreeNode } from './model/nodes.ts';

/** The MIME type of dragged rows of this tree, as VS Code defines it. */
const ROWS = `application/vnd.code.tree.${VIEWS.groups.toLowerCase()}`;
const TEXT = 'text/plain';

/** Drag and drop of tasks: onto a group, to move them there in their plan; into an editor, to insert their ids. */
export class TaskDragging implements vscode.TreeDragAndDropController<TreeNode> {
  readonly dragMimeTypes = [TEXT];
  readonly dropMimeTypes = [ROWS];
  readonly #windowModel: WindowModel;
  readonly #tree: Pick<GroupsTree, 'group'>;
  #dragged: readonly TaskKey[] = [];

  constructor(windowModel: WindowModel, tree: Pick<GroupsTree, 'group'>) {
    this.#windowModel = windowModel;
    this.#tree = tree;
  }

  handleDrag(rows: readonly TreeNode[], transfer: vscode.DataTransfer): void {
    const tasks = rows.flatMap((row) => (row.kind === 'task' ? [row] : []));
    this.#dragged = tasks.map(({ key }) => key);
    if (tasks.length > 0) {
      const ids = tasks.flatMap(({ key, group }) => {
        const task = this.#tree.group(group.key)?.tasks.find((each) => each.key === key);
        return task === undefined ? [] : [task.id];
      });
      transfer.set(TEXT, new vscode.DataTransferItem(ids.join(', ')));
    }
  }

  async handleDrop(target: TreeNode | undefined, transfer: vscode.DataTransfer): Promise<void> {
    const tasks = transfer.get(ROWS) === undefined ? [] : this.#dragged;
    if (tasks.length === 0) {
      return;
    }
    const group = target === undefined ? null : groupOf(target);
    if (group === null) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Drop a task on a group to move it there.'),
      );
      return;
    }
    // Loaded on first use, with the parsers.
    const { moveTasks } = await import('./move-tasks.ts');
    await moveTasks(this.#windowModel, tasks, group);
  }
}
