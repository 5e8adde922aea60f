import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { GroupKey } from '../../shared/ids.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { outputTail } from '../../store/attempts/output-tail.ts';
import type { ExpansionState } from './expansion-state.ts';
import type { GroupNode, TreeNode } from './model/nodes.ts';
import { TaskSelection } from './model/task-selection.ts';
import { TreeModel } from './model/tree-model.ts';
import { rowItem } from './row-items.ts';
import { taskTooltip } from './tooltip.ts';
import type { TreeOptions } from './tree-options.ts';

/** Elapsed times move on, ms. */
const TICK_MS = 1000;
/** With a group's row VS Code asks for all of its tasks again: of more than this, times move on more slowly. */
const ROWS_A_TICK = 200;
/** Lines of output in a tooltip. */
const TAIL_LINES = 6;

/** What the tree is drawn from. */
export interface GroupsTreeDeps {
  readonly session: Pick<WindowModel, 'groups' | 'folders' | 'onChange'>;
  readonly folding: Pick<ExpansionState, 'isOpen'>;
  readonly options: Pick<TreeOptions, 'layout' | 'onChange'>;
}

/** The tree of groups and their tasks. Redraws only the rows that look different. */
export class GroupsTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #around: GroupsTreeDeps;
  readonly #model = new TreeModel();
  readonly #choosing = new TaskSelection();
  readonly #changes = new vscode.EventEmitter<TreeNode[] | undefined>();
  readonly #subscriptions: { dispose(): void }[];
  readonly #ticker: NodeJS.Timeout;
  #ticks = 0;

  readonly onDidChangeTreeData = this.#changes.event;

  constructor(around: GroupsTreeDeps) {
    this.#around = around;
    this.#update();
    this.#subscriptions = [
      around.session.onChange(() => {
        this.#draw();
      }),
      around.options.onChange(() => {
        this.#draw();
      }),
    ];
    this.#ticker = setInterval(() => {
      this.#tick();
    }, TICK_MS);
  }

  getChildren(node?: TreeNode): TreeNode[] {
    return [...this.#model.childrenOf(node)];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#model.parentOf(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return rowItem(node, {
      model: this.#model,
      choosing: this.#choosing,
      isOpen: (each) => this.#around.folding.isOpen(each),
      isFiltered: this.#around.options.layout.filter !== null,
    });
  }

  /** A tooltip is made only for the row that is hovered: it ends with the last lines of the task's output. */
  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    const task = node.kind === 'task' ? this.#model.task(node.group.key, node.key) : undefined;
    if (task !== undefined) {
      const tail =
        task.attemptDir === null
          ? ''
          : await outputTail(attemptFiles(task.attemptDir).output, TAIL_LINES);
      item.tooltip = taskTooltip(task, tail);
    }
    return item;
  }

  /** The row of a group, to reveal it; it may not be there just now, see `shows`. */
  nodeOf(key: GroupKey): GroupNode {
    return this.#model.nodeOf(key);
  }

  /** Whether a row is there, in the way that a person looks at the groups and through their filter. */
  shows(node: TreeNode): boolean {
    return this.#model.shows(node);
  }

  /** A group as it is drawn. */
  group(key: GroupKey): GroupView | undefined {
    return this.#model.group(key);
  }

  /** How many tasks are shown, of all there are. */
  get counts(): { readonly shown: number; readonly total: number } {
    return this.#model.counts;
  }

  /** Which tasks a person has chosen to run; whoever changes it calls `drawGroup`. */
  get choosing(): TaskSelection {
    return this.#choosing;
  }

  /** Draws a group and its tasks anew. */
  drawGroup(key: GroupKey): void {
    this.#changes.fire([...this.#model.rowsOf(key)]);
  }

  /** Puts checkboxes away. VS Code keeps the one of a row that is merely drawn again, so all rows are. */
  endChoosing(keys: readonly GroupKey[]): void {
    const ended = keys.filter((key) => this.#choosing.end(key));
    if (ended.length > 0) {
      this.#changes.fire(undefined);
    }
  }

  dispose(): void {
    clearInterval(this.#ticker);
    vscode.Disposable.from(...this.#subscriptions, this.#changes).dispose();
  }

  #tick(): void {
    const running = this.#model.groups.filter(({ run }) => run !== null && run.state !== 'ended');
    const rows = running.reduce((sum, { tasks }) => sum + tasks.length, 0);
    this.#ticks += 1;
    if (rows > 0 && this.#ticks % Math.ceil(rows / ROWS_A_TICK) === 0) {
      this.#draw();
    }
  }

  #update(): ReturnType<TreeModel['update']> {
    const { session, options } = this.#around;
    return this.#model.update({
      groups: session.groups(),
      layout: options.layout,
      folders: session.folders().map(({ prefix }) => prefix),
    });
  }

  /** What was chosen was chosen for one run: once it is under way, the boxes have said all. */
  #endChosen(): void {
    const over = this.#choosing.groups().filter((key) => this.group(key)?.canStop !== false);
    this.endChoosing(over);
  }

  #draw(): void {
    const change = this.#update();
    this.#endChosen();
    if (change === 'all') {
      this.#changes.fire(undefined);
    } else if (change.length > 0) {
      this.#changes.fire([...change]);
    }
  }
}
