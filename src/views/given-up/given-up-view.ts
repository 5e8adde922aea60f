import * as vscode from 'vscode';
import type { GivenUp } from '../../host/actions/given-up.ts';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { VIEWS } from '../../shared/manifest.ts';
import { givenUpItem } from './given-up-item.ts';
import { type GivenUpNode, givenUpNodes } from './given-up-nodes.ts';

/** Interval at which the ages of rows are refreshed, ms. */
const TICK_MS = 60_000;

/** The view of given-up tasks; hidden while there are none. */
export class GivenUpView implements vscode.TreeDataProvider<GivenUpNode>, vscode.Disposable {
  readonly #givenUp: GivenUp;
  readonly #windowModel: WindowModel;
  readonly #changes = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<GivenUpNode>;
  readonly #subscriptions: { dispose(): void }[];
  readonly #ticker: NodeJS.Timeout;
  #nodes: readonly GivenUpNode[] = [];
  #drawn = '';

  readonly onDidChangeTreeData = this.#changes.event;

  constructor(givenUp: GivenUp, windowModel: WindowModel) {
    this.#givenUp = givenUp;
    this.#windowModel = windowModel;
    this.#view = vscode.window.createTreeView(VIEWS.givenUp, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: false,
    });
    this.#subscriptions = [
      givenUp.onChange(() => {
        this.#draw();
      }),
      windowModel.onChange(() => {
        this.#draw();
      }),
    ];
    this.#ticker = setInterval(() => {
      this.#draw();
    }, TICK_MS);
  }

  getChildren(node?: GivenUpNode): GivenUpNode[] {
    return node === undefined
      ? [...this.#nodes]
      : node.kind === 'refused'
        ? [...node.children]
        : [];
  }

  getTreeItem(node: GivenUpNode): vscode.TreeItem {
    const task = node.kind === 'task' ? this.#windowModel.task(node.key) : undefined;
    return givenUpItem(node, task, Date.now());
  }

  /** The tasks of the selected rows. */
  selected(): readonly TaskKey[] {
    const rows = this.#view.visible ? this.#view.selection : [];
    return rows.flatMap((row) => (row.kind === 'task' ? [row.key] : row.tasks));
  }

  dispose(): void {
    clearInterval(this.#ticker);
    vscode.Disposable.from(...this.#subscriptions, this.#view, this.#changes).dispose();
  }

  /** Redraws only if a row looks different, because runs change often and few of their changes show here. */
  #draw(): void {
    const nodes = givenUpNodes(this.#givenUp.deadLetters());
    const rows = nodes.flatMap((node) => (node.kind === 'task' ? [node] : node.children));
    const drawn = JSON.stringify(
      [...nodes, ...rows].map((node) => {
        const { label, description } = this.getTreeItem(node);
        return [label, description];
      }),
    );
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.#nodes = nodes;
      this.#changes.fire(undefined);
    }
  }
}
