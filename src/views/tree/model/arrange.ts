import type { GroupView } from '../../../shared/view-models/group-views.ts';
import type { Layout, LayoutMode } from './layout.ts';
import type { FolderNode, GroupNode, Nodes, TreeNode } from './nodes.ts';

/** Which rows there are, and in which order. */
export interface Arrangement {
  readonly roots: readonly TreeNode[];
  /** Of every row that has any. */
  readonly children: ReadonlyMap<TreeNode, readonly TreeNode[]>;
  readonly parents: ReadonlyMap<TreeNode, TreeNode>;
  /** Tasks that the filter lets through. */
  readonly shown: number;
  readonly total: number;
}

/**
 * Arranges groups and tasks in the way that a person chose; a group of which nothing is shown is left out. `folders`:
 * what the keys of the groups of each folder begin with, in a window with several. Linear in the tasks.
 */
export function arrange(
  groups: readonly GroupView[],
  layout: Layout,
  folders: readonly string[],
  nodes: Nodes,
): Arrangement {
  const drawing = new Drawing(layout, folders, nodes);
  for (const group of groups) {
    drawing.add(group);
  }
  const total = groups.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const { roots, children, parents, shown } = drawing;
  return { roots, children, parents, shown, total };
}

/** Rows that only one way of looking has. */
const WITH_WAVES: ReadonlySet<LayoutMode> = new Set<LayoutMode>(['group', 'source']);

class Drawing {
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
    const { filter, way } = this.#layout;
    const waved = this.#layout.waves && WITH_WAVES.has(way) && hasWaves(group);
    const shown = group.tasks.filter((task) => filter === null || filter(task, group));
    const tasks = waved ? shown.toSorted((a, b) => a.wave - b.wave) : shown;
    if (tasks.length === 0) {
      return;
    }
    this.shown += tasks.length;
    if (way !== 'subagent') {
      this.#put(node, this.#above(group));
    }
    for (const task of tasks) {
      const above =
        way === 'subagent'
          ? this.#top(this.#nodes.subagent(task.subagent))
          : waved
            ? this.#wave(node, task.wave)
            : node;
      this.#put(this.#nodes.task(task.key, node), above);
    }
  }

  /** The row that a group stands under; `null`: it is a root. */
  #above({ key, source }: GroupView): TreeNode | null {
    if (this.#layout.way !== 'source') {
      return null;
    }
    const row = this.#nodes.source(source);
    if (!this.#isPlaced(row)) {
      const folder = this.#folderOf(key);
      this.#put(row, folder === null ? null : this.#top(folder));
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

  #top(node: TreeNode): TreeNode {
    if (!this.#isPlaced(node)) {
      this.#put(node, null);
    }
    return node;
  }

  /** Rows above others are placed with the first that needs them, so they have one below them. */
  #isPlaced(node: TreeNode): boolean {
    return this.children.has(node);
  }

  #put(node: TreeNode, above: TreeNode | null): void {
    if (node.kind !== 'task') {
      this.children.set(node, []);
    }
    if (above === null) {
      this.roots.push(node);
      return;
    }
    this.parents.set(node, above);
    this.children.get(above)?.push(node);
  }
}

/** One wave is no order, and the tasks of Sequential are an order of their own. */
export function hasWaves({ waves, sequential }: Pick<GroupView, 'waves' | 'sequential'>): boolean {
  return waves.length > 1 && !sequential;
}
