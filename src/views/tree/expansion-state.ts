import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { idOf, type TreeNode } from './model/nodes.ts';

const MEMORY = 'expansion';
const memorySchema = z.array(z.tuple([z.string(), z.boolean()]));

/** The rows that the user expanded or collapsed. Stored in the workspace; VS Code forgets them with the window. */
export class ExpansionState {
  readonly #memory: vscode.Memento;
  readonly #open: Map<string, boolean>;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    const remembered = memorySchema.safeParse(memory.get(MEMORY));
    this.#open = new Map(remembered.success ? remembered.data : []);
  }

  /** Whether the user left a row expanded; `undefined` if they never changed it. */
  isOpen(node: TreeNode): boolean | undefined {
    return this.#open.get(idOf(node));
  }

  /** Records changes in the view until disposed; ignores them while it is filtered, because a filter expands rows. */
  follow(view: vscode.TreeView<TreeNode>, isFiltered: () => boolean): vscode.Disposable {
    const record = (node: TreeNode, open: boolean): void => {
      if (!isFiltered()) {
        this.#record(node, open);
      }
    };
    return vscode.Disposable.from(
      view.onDidExpandElement(({ element }) => {
        record(element, true);
      }),
      view.onDidCollapseElement(({ element }) => {
        record(element, false);
      }),
    );
  }

  #record(node: TreeNode, open: boolean): void {
    const id = idOf(node);
    if (this.#open.get(id) !== open) {
      this.#open.set(id, open);
      void this.#memory.update(MEMORY, [...this.#open]);
    }
  }
}
