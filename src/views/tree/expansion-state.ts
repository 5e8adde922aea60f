import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { idOf, type TreeNode } from './model/nodes.ts';

const MEMORY = 'folding';
const memorySchema = z.array(z.tuple([z.string(), z.boolean()]));

/** Which rows a person has unfolded or folded. VS Code forgets it with the window, so the workspace remembers it. */
export class ExpansionState {
  readonly #memory: vscode.Memento;
  readonly #open: Map<string, boolean>;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    const remembered = memorySchema.safeParse(memory.get(MEMORY));
    this.#open = new Map(remembered.success ? remembered.data : []);
  }

  /** Whether a row is unfolded; `undefined` where nobody has touched it. */
  isOpen(node: TreeNode): boolean | undefined {
    return this.#open.get(idOf(node));
  }

  /** Remembers from now on what happens in the view; while it is filtered, what is unfolded is there only to be found. */
  follow(view: vscode.TreeView<TreeNode>, isFiltered: () => boolean): vscode.Disposable {
    const note = (node: TreeNode, open: boolean): void => {
      if (!isFiltered()) {
        this.#note(node, open);
      }
    };
    return vscode.Disposable.from(
      view.onDidExpandElement(({ element }) => {
        note(element, true);
      }),
      view.onDidCollapseElement(({ element }) => {
        note(element, false);
      }),
    );
  }

  #note(node: TreeNode, open: boolean): void {
    const id = idOf(node);
    if (this.#open.get(id) !== open) {
      this.#open.set(id, open);
      void this.#memory.update(MEMORY, [...this.#open]);
    }
  }
}
