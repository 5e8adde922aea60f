import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import { VIEWS } from '../../shared/manifest.ts';
import { followCheckboxes } from './checkboxes.ts';
import { TaskDragging } from './drag-and-drop.ts';
import { ExpansionState } from './expansion-state.ts';
import { GroupsTree } from './groups-tree.ts';
import { describeView } from './groups-view.ts';
import type { TreeNode } from './model/nodes.ts';
import { TreeOptions } from './tree-options.ts';

/** The groups tree with its view, checkboxes, and drag and drop. */
export class GroupsPart implements vscode.Disposable {
  readonly tree: GroupsTree;
  readonly options: TreeOptions;
  readonly view: vscode.TreeView<TreeNode>;
  readonly #subscriptions: vscode.Disposable;

  constructor(windowModel: WindowModel, memory: vscode.Memento) {
    const expansion = new ExpansionState(memory);
    const options = new TreeOptions(memory);
    const tree = new GroupsTree({ windowModel, expansion: expansion, options });
    const view = vscode.window.createTreeView(VIEWS.groups, {
      treeDataProvider: tree,
      showCollapseAll: true,
      canSelectMany: true,
      manageCheckboxStateManually: true,
      dragAndDropController: new TaskDragging(windowModel, tree),
    });
    this.tree = tree;
    this.options = options;
    this.view = view;
    this.#subscriptions = vscode.Disposable.from(
      tree,
      view,
      expansion.follow(view, () => options.layout.filter !== null),
      followCheckboxes(view, tree),
      describeView({ view, tree, windowModel, expansion, options }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
