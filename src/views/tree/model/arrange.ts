import type { GroupView } from '../../../shared/view-models/group-views.ts';
import type { Layout, LayoutMode } from './layout.ts';
import type { FolderNode, GroupNode, Nodes, TreeNode } from './nodes.ts';

/** The rows of the tree, in order. */
export interface Arrangement {
  readonly roots: readonly TreeNode[];
  /** The children of each row; a task has no entry. */
  readonly children: ReadonlyMap<TreeNode, readonly TreeNode[]>;
  readonly parents: ReadonlyMap<TreeNode, TreeNode>;
  /** Number of tasks that match the filter. */
  readonly shown: number;
  readonly total: number;
}

/**
 * Arranges groups and tasks by the user's layout; omits groups without a matching task. `folders`: the prefix of each
 * folder's group keys, in a window with several folders. Linear in the number of tasks.
 */
export function arrange(
  groups: readonly GroupView[],
  layout: Layout,
  folders: readonly string[],
  nodes: Nodes,
): Arrangement {
  const arranger = new Arranger(layout, folders, nodes);
  for (const group of groups) {
    arranger.add(group);
  }
  const total = groups.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const { roots, children, parents, shown } = arranger;
  return { roots, children, parents, shown, total };
}

/** The layouts that can show waves. */
const WITH_WAVES: ReadonlySet<LayoutMode> = new Set<LayoutMode>(['group', 'source']);

class Arranger {
  readonly roots: TreeNode[] = [];
  readonly children = new Map<TreeNode, TreeNode[]>();
  readonly parents = new Map<TreeNode, TreeNode>();
  shown = 0;
  readonly #layout: Layout;
  readonly #folders: readonly string[];
  readonly #nodes: Nodes;

  constructor(layout: Layout, folders: readonly string[], nodes: Nodes) {
    this.#layout = layout;
    this.#folders = folders;
    this.#nodes = nodes;
  }

  add(group: GroupView): void {
    const node = this.#nodes.group(group.key);
    const { filter, viewBy } = this.#layout;
    const waved = this.#layout.waves && WITH_WAVES.has(viewBy) && hasWaves(group);
    const shown = group.tasks.filter((task) => filter === null || filter(task, group));
    const tasks = waved ? shown.toSorted((a, b) => a.wave - b.wave) : shown;
    if (tasks.length === 0) {
      return;
    }
    this.shown += tasks.length;
    if (viewBy !== 'subagent') {
      this.#put(node, this.#parentOf(group));
    }
    for (const task of tasks) {
      const parent =
        viewBy === 'subagent'
          ? this.#root(this.#nodes.subagent(task.subagent))
          : waved
            ? this.#wave(node, task.wave)
            : node;
      this.#put(this.#nodes.task(task.key, node), parent);
    }
  }

  /** The parent row of a group; `null` if the group is a root. */
  #parentOf({ key, source }: GroupView): TreeNode | null {
    if (this.#layout.viewBy !== 'source') {
      return null;
    }
    const row = this.#nodes.source(source);
    if (!this.#isPlaced(row)) {
      const folder = this.#folderOf(key);
      this.#put(row, folder === null ? null : this.#root(folder));
    }
    return row;
  }

  #folderOf(key: string): FolderNode | null {
    const prefix = this.#folders.find((each) => each !== '' && key.startsWith(each));
    return prefix === undefined ? null : this.#nodes.folder(prefix);
  }

  #wave(group: GroupNode, wave: number): TreeNode {
    const row = this.#nodes.wave(group, wave);
    if (!this.#isPlaced(row)) {
      this.#put(row, group);
    }
    return row;
  }

  #root(node: TreeNode): TreeNode {
    if (!this.#isPlaced(node)) {
      this.#put(node, null);
    }
    return node;
  }

  /** Whether a parent row is in the tree; the first child adds its parent, so no parent row is empty. */
  #isPlaced(node: TreeNode): boolean {
    return this.children.has(node);
  }

  #put(node: TreeNode, parent: TreeNode | null): void {
    if (node.kind !== 'task') {
      this.children.set(node, []);
    }
    if (parent === null) {
      this.roots.push(node);
      return;
    }
    this.parents.set(node, parent);
    this.children.get(parent)?.push(node);
  }
}

/** Whether a group has waves to show: more than one, and not the tasks of Sequential, which run one by one. */
export function hasWaves({ waves, sequential }: Pick<GroupView, 'waves' | 'sequential'>): boolean {
  return waves.length > 1 && !sequential;
}
