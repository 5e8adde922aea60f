import * as vscode from 'vscode';
import type { Session } from '../../host/session.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import type { GroupView, TaskView } from '../../shared/views.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import type { Folding } from './folding.ts';
import { outputTail } from './output-tail.ts';
import { taskTooltip } from './tooltip.ts';
import type { GroupNode, TaskNode, TreeNode } from './model/nodes.ts';
import { groupItem, taskItem } from './tree-item.ts';

/** Changes that come close together are drawn together, ms. */
const DRAW_MS = 50;
/** Elapsed times move on, ms. */
const TICK_MS = 1000;
/** Lines of output in a tooltip. */
const TAIL_LINES = 6;

/** The tree of groups and their tasks. Redraws only the rows that look different. */
export class GroupsTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #session: Session;
  readonly #folding: Pick<Folding, 'isOpen'>;
  readonly #changes = new vscode.EventEmitter<TreeNode[] | undefined>();
  readonly #groupNodes = new Map<GroupKey, GroupNode>();
  readonly #taskNodes = new Map<TaskKey, TaskNode>();
  readonly #drawn = new Map<TreeNode, string>();
  readonly #subscription: { dispose(): void };
  readonly #ticker: NodeJS.Timeout;
  #views: readonly GroupView[] = [];
  #structure = '';
  #timer: NodeJS.Timeout | null = null;

  readonly onDidChangeTreeData = this.#changes.event;

  constructor(session: Session, folding: Pick<Folding, 'isOpen'>) {
    this.#session = session;
    this.#folding = folding;
    this.#read();
    this.#subscription = session.onChange(() => {
      this.#timer ??= setTimeout(() => {
        this.#draw();
      }, DRAW_MS);
    });
    this.#ticker = setInterval(() => {
      if (this.#views.some(({ run }) => run !== null && run.state !== 'ended')) {
        this.#draw();
      }
    }, TICK_MS);
  }

  getChildren(node?: TreeNode): TreeNode[] {
    if (node === undefined) {
      return this.#views.map(({ key }) => this.#groupNode(key));
    }
    if (node.kind === 'task') {
      return [];
    }
    return (this.#groupView(node.key)?.tasks ?? []).map(({ key }) => this.#taskNode(key, node));
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.kind === 'task' ? node.group : undefined;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const group = this.#groupView(node.kind === 'group' ? node.key : node.group.key);
    if (group === undefined) {
      return new vscode.TreeItem('');
    }
    if (node.kind === 'group') {
      return groupItem(group, this.#folding.isOpen(group.key));
    }
    const task = group.tasks.find(({ key }) => key === node.key);
    return task === undefined ? new vscode.TreeItem('') : taskItem(task, group);
  }

  /** A tooltip is made only for the row that is hovered: it ends with the last lines of the task's output. */
  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    const view = node.kind === 'task' ? this.#groupView(node.group.key) : undefined;
    const task = view?.tasks.find(({ key }) => key === node.key);
    if (task !== undefined) {
      const tail =
        task.attemptDir === null
          ? ''
          : await outputTail(attemptFiles(task.attemptDir).output, TAIL_LINES);
      item.tooltip = taskTooltip(task, tail);
    }
    return item;
  }

  /** The row of a group, to reveal it. */
  nodeOf(key: GroupKey): GroupNode {
    return this.#groupNode(key);
  }

  dispose(): void {
    clearInterval(this.#ticker);
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
    }
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  #groupView(key: GroupKey): GroupView | undefined {
    return this.#views.find((group) => group.key === key);
  }

  #read(): void {
    this.#views = this.#session.groups();
  }

  #draw(): void {
    this.#timer = null;
    this.#read();
    const structure = JSON.stringify(
      this.#views.map(({ key, tasks }) => [key, tasks.map((task) => task.key)]),
    );
    const changed = this.#changedRows();
    if (structure !== this.#structure) {
      this.#structure = structure;
      this.#changes.fire(undefined);
    } else if (changed.length > 0) {
      this.#changes.fire(changed);
    }
  }

  #changedRows(): TreeNode[] {
    const changed: TreeNode[] = [];
    const compare = (node: TreeNode, look: string): void => {
      if (this.#drawn.get(node) !== look) {
        this.#drawn.set(node, look);
        changed.push(node);
      }
    };
    for (const group of this.#views) {
      const node = this.#groupNode(group.key);
      compare(node, groupLook(group));
      for (const task of group.tasks) {
        compare(this.#taskNode(task.key, node), taskLook(task));
      }
    }
    return changed;
  }

  #groupNode(key: GroupKey): GroupNode {
    const node = this.#groupNodes.get(key) ?? { kind: 'group', key };
    this.#groupNodes.set(key, node);
    return node;
  }

  #taskNode(key: TaskKey, group: GroupNode): TaskNode {
    const known = this.#taskNodes.get(key);
    const node = known?.group === group ? known : { kind: 'task' as const, key, group };
    this.#taskNodes.set(key, node);
    return node;
  }
}

function groupLook({
  detail,
  status,
  title,
  canRun,
  canStop,
  canRetry,
  problems,
  run,
}: GroupView): string {
  return JSON.stringify([
    detail,
    status,
    title,
    canRun,
    canStop,
    canRetry,
    problems.length,
    run?.state,
    run?.holder,
    run?.tests?.message,
  ]);
}

function taskLook({
  detail,
  appearance,
  title,
  attempts,
  subagent,
  evidence,
  place,
}: TaskView): string {
  return JSON.stringify([
    detail,
    appearance,
    title,
    attempts,
    subagent,
    evidence.length,
    place.line,
  ]);
}
