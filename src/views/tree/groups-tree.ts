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

/** Interval at which elapsed times are refreshed, ms. */
const TICK_MS = 1000;
/** Rows to refresh per tick. A group's refresh makes VS Code request all its tasks, so more rows refresh less often. */
const ROWS_A_TICK = 200;
/** Lines of output in a tooltip. */
const TAIL_LINES = 6;

/** The dependencies of the groups tree. */
export interface GroupsTreeDeps {
  readonly windowModel: Pick<WindowModel, 'groups' | 'folders' | 'onChange'>;
  readonly expansion: Pick<ExpansionState, 'isOpen'>;
  readonly options: Pick<TreeOptions, 'layout' | 'onChange'>;
}

/** The tree of groups and their tasks. Redraws only the rows that look different. */
export class GroupsTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #deps: GroupsTreeDeps;
  readonly #model = new TreeModel();
  readonly #selection = new TaskSelection();
  readonly #changes = new vscode.EventEmitter<TreeNode[] | undefined>();
  readonly #subscriptions: { dispose(): void }[];
  readonly #ticker: NodeJS.Timeout;
  #ticks = 0;

  readonly onDidChangeTreeData = this.#changes.event;

  constructor(deps: GroupsTreeDeps) {
    this.#deps = deps;
    this.#update();
    this.#subscriptions = [
      deps.windowModel.onChange(() => {
        this.#draw();
      }),
      deps.options.onChange(() => {
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
      selection: this.#selection,
      isOpen: (each) => this.#deps.expansion.isOpen(each),
      isFiltered: this.#deps.options.layout.filter !== null,
    });
  }

  /** Adds the tooltip when the user hovers over a row: it ends with the last lines of the task's output. */
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

  /** The row of a group, to reveal it; the row may not be in the tree, see `shows`. */
  nodeOf(key: GroupKey): GroupNode {
    return this.#model.nodeOf(key);
  }

  /** Whether a row is in the tree, under the present layout and filter. */
  shows(node: TreeNode): boolean {
    return this.#model.shows(node);
  }

  /** The view model of a group that the tree shows now. */
  group(key: GroupKey): GroupView | undefined {
    return this.#model.group(key);
  }

  /** The number of shown tasks and of all tasks. */
  get counts(): { readonly shown: number; readonly total: number } {
    return this.#model.counts;
  }

  /** The tasks that the user has chosen to run; call `drawGroup` after a change. */
  get selection(): TaskSelection {
    return this.#selection;
  }

  /** Redraws a group and its tasks. */
  drawGroup(key: GroupKey): void {
    this.#changes.fire([...this.#model.rowsOf(key)]);
  }

  /** Removes the checkboxes of groups. Redraws all rows, because VS Code keeps the checkbox of a row redrawn alone. */
  endSelection(keys: readonly GroupKey[]): void {
    const ended = keys.filter((key) => this.#selection.end(key));
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
    const { windowModel, options } = this.#deps;
    return this.#model.update({
      groups: windowModel.groups(),
      layout: options.layout,
      folders: windowModel.folders().map(({ prefix }) => prefix),
    });
  }

  /** Removes the checkboxes of groups that run or are gone: a selection is for one run. */
  #endAppliedSelections(): void {
    const applied = this.#selection.groups().filter((key) => this.group(key)?.canStop !== false);
    this.endSelection(applied);
  }

  #draw(): void {
    const change = this.#update();
    this.#endAppliedSelections();
    if (change === 'all') {
      this.#changes.fire(undefined);
    } else if (change.length > 0) {
      this.#changes.fire([...change]);
    }
  }
}
