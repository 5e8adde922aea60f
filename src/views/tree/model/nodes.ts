import type { GroupKey, SourceId, TaskKey } from '../../../shared/ids.ts';

/** A row of the groups tree. Elements keep their identity, so that VS Code recognizes a changed row. */
export type TreeNode = FolderNode | SourceNode | SubagentNode | GroupNode | WaveNode | TaskNode;
/** A folder, in a window with several. */
export interface FolderNode {
  readonly kind: 'folder';
  /** The prefix of its groups' keys: its name and `/`. */
  readonly key: string;
}
export interface SourceNode {
  readonly kind: 'source';
  readonly key: SourceId;
}
export interface SubagentNode {
  readonly kind: 'subagent';
  readonly key: string;
}
export interface GroupNode {
  readonly kind: 'group';
  readonly key: GroupKey;
}
export interface WaveNode {
  readonly kind: 'wave';
  readonly key: string;
  readonly group: GroupNode;
  /** 0-based. */
  readonly wave: number;
}
export interface TaskNode {
  readonly kind: 'task';
  readonly key: TaskKey;
  readonly group: GroupNode;
}

/** The group of a row; `null` for rows above groups. */
export function groupOf(node: TreeNode): GroupKey | null {
  switch (node.kind) {
    case 'group':
      return node.key;
    case 'wave':
    case 'task':
      return node.group.key;
    case 'folder':
    case 'source':
    case 'subagent':
      return null;
  }
}

/** The unique id of a row, for data that outlives its element. The id of a group is its key. */
export function idOf(node: TreeNode): string {
  switch (node.kind) {
    case 'group':
      return node.key;
    case 'wave':
      return node.key;
    case 'task':
      return `${node.group.key}/${node.key}`;
    case 'folder':
    case 'source':
    case 'subagent':
      return `${node.kind} ${node.key}`;
  }
}

/** The elements of all rows, past ones included; one element per row. */
export class Nodes {
  readonly #folders = new Map<string, FolderNode>();
  readonly #sources = new Map<SourceId, SourceNode>();
  readonly #subagents = new Map<string, SubagentNode>();
  readonly #groups = new Map<GroupKey, GroupNode>();
  readonly #waves = new Map<string, WaveNode>();
  readonly #tasks = new Map<TaskKey, TaskNode>();

  folder(key: string): FolderNode {
    return obtain(this.#folders, key, () => ({ kind: 'folder', key }));
  }

  source(key: SourceId): SourceNode {
    return obtain(this.#sources, key, () => ({ kind: 'source', key }));
  }

  subagent(key: string): SubagentNode {
    return obtain(this.#subagents, key, () => ({ kind: 'subagent', key }));
  }

  group(key: GroupKey): GroupNode {
    return obtain(this.#groups, key, () => ({ kind: 'group', key }));
  }

  wave(group: GroupNode, wave: number): WaveNode {
    const key = `${group.key} wave ${wave + 1}`;
    return obtain(this.#waves, key, () => ({ kind: 'wave', key, group, wave }));
  }

  /** The row of a task; a task that moves to another group gets a new row. */
  task(key: TaskKey, group: GroupNode): TaskNode {
    const known = this.#tasks.get(key);
    if (known?.group === group) {
      return known;
    }
    const node: TaskNode = { kind: 'task', key, group };
    this.#tasks.set(key, node);
    return node;
  }
}

function obtain<K, N>(known: Map<K, N>, key: K, make: () => N): N {
  const node = known.get(key) ?? make();
  known.set(key, node);
  return node;
}
