import * as vscode from 'vscode';
import type { GroupsTree } from './groups-tree.ts';
import { groupOf, type TreeNode } from './model/nodes.ts';
import type { GroupKey } from '../../shared/ids.ts';

/** Takes what a person checks in the view: a task, or with its group all of its open tasks. */
export function followCheckboxes(
  view: vscode.TreeView<TreeNode>,
  tree: GroupsTree,
): vscode.Disposable {
  return view.onDidChangeCheckboxState(({ items }) => {
    const changed = new Set<GroupKey>();
    for (const [node, state] of items) {
      const key = groupOf(node);
      if (key !== null) {
        changed.add(key);
        const tasks =
          node.kind === 'task'
            ? [node.key]
            : (tree.group(key)?.tasks ?? []).map((task) => task.key);
        tree.choosing.check(key, tasks, state === vscode.TreeItemCheckboxState.Checked);
      }
    }
    changed.forEach((key) => {
      tree.drawGroup(key);
    });
  });
}
