import * as vscode from 'vscode';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import type { GroupsTree } from './groups-tree.ts';
import { groupOf, type TreeNode } from './model/nodes.ts';

/** Applies checkbox changes in the view to the selection: of a task, or of all open tasks of a group. */
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
        tree.selection.check(key, tasks, state === vscode.TreeItemCheckboxState.Checked);
      }
    }
    changed.forEach((key) => {
      tree.drawGroup(key);
    });
  });
}

/** Toggles the checkbox of a task, or those of all open tasks of its group if `task` is `null`. */
export function toggle(tree: GroupsTree, key: GroupKey, task: TaskKey | null): void {
  const group = tree.group(key);
  const open = group?.tasks.filter(({ launchable }) => launchable) ?? [];
  const chosen = group === undefined ? null : tree.selection.chosen(group);
  if (chosen !== null) {
    const tasks = task === null ? open.map((each) => each.key) : [task];
    tree.selection.check(key, tasks, !tasks.every((each) => chosen.has(each)));
    tree.drawGroup(key);
  }
}
