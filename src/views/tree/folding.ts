import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { groupKeySchema } from '../../coordinator/attempt.ts';
import type { GroupKey } from '../../shared/ids.ts';
import type { TreeNode } from './model/nodes.ts';

const MEMORY = 'folding';
const memorySchema = z.array(z.tuple([groupKeySchema, z.boolean()]));

/** Which groups a person has unfolded or folded. VS Code forgets it with the window, so the workspace remembers it. */
export class Folding {
  readonly #memory: vscode.Memento;
  readonly #open: Map<GroupKey, boolean>;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    const remembered = memorySchema.safeParse(memory.get(MEMORY));
    this.#open = new Map(remembered.success ? remembered.data : []);
  }

  /** Whether a group is unfolded; `undefined` where nobody has touched it. */
  isOpen(key: GroupKey): boolean | undefined {
    return this.#open.get(key);
  }

  /** Remembers from now on what happens in the view. */
  follow(view: vscode.TreeView<TreeNode>): vscode.Disposable {
    return vscode.Disposable.from(
      view.onDidExpandElement(({ element }) => {
        this.#note(element, true);
      }),
      view.onDidCollapseElement(({ element }) => {
        this.#note(element, false);
      }),
    );
  }

  #note(node: TreeNode, open: boolean): void {
    if (node.kind === 'group' && this.#open.get(node.key) !== open) {
      this.#open.set(node.key, open);
      void this.#memory.update(MEMORY, [...this.#open]);
    }
  }
}
