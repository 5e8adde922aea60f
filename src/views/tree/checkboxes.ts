import * as vscode from 'vscode';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import type { GroupsTree } from './groups-tree.ts';
import { groupOf, type TreeNode } from './model/nodes.ts';

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

/** Checks or unchecks a task of a group, or, without one, all that are open. */
export function toggle(tree: GroupsTree, key: GroupKey, task: TaskKey | null): void {
  const group = tree.group(key);
  const open = group?.tasks.filter(({ launchable }) => launchable) ?? [];
  const chosen = group === undefined ? null : tree.choosing.chosen(group);
  if (chosen !== null) {
    const tasks = task === null ? open.map((each) => each.key) : [task];
    tree.choosing.check(key, tasks, !tasks.every((each) => chosen.has(each)));
    tree.drawGroup(key);
  }
}
