import type { ProcessIdentity } from '../../coordinator/schema/attempt.ts';
import { markedProcesses, type Marker } from './marked-processes.ts';
import { type ProcessEntry, processTable } from './process-table.ts';

/** The processes of an attempt: a process with its descendants, and all with `marker` in their environment. */
export interface TreeOptions {
  /**
   * The recorded process; `null` if only the marker is known. A reused pid is ignored. With `start: null` the process
   * must be our own child for which we have not waited, because no other process can have its pid then.
   */
  readonly root: Pick<ProcessIdentity, 'pid' | 'start'> | null;
  readonly marker: Marker | null;
  /**
   * The root's pid as the id of the process group that it leads or led; on Windows, as the parent of orphans. Only for
   * the process that has just started it, because these ids are reused.
   */
  readonly processGroup?: number | undefined;
}

/** A member of a tree. `depth`: its distance from the root, so that the leaves can be ended first. */
export interface TreeMember extends ProcessEntry {
  readonly depth: number;
}

/**
 * Makes snapshots of one tree and remembers every member seen: a child whose parent has ended has no parent in the next
 * snapshot, yet is still ours.
 */
export class ProcessTree {
  readonly #options: TreeOptions;
  readonly #seen = new Map<number, string>();
  #unnamedRoot: number | null = null;

  constructor(options: TreeOptions) {
    this.#options = options;
    const { root } = options;
    if (root === null) {
      return;
    }
    if (root.start === null) {
      this.#unnamedRoot = root.pid;
    } else {
      this.#seen.set(root.pid, root.start);
    }
  }

  /**
   * Returns the living members, deepest first; `null` if the platform cannot list processes. Excludes this process, its
   * ancestors and pid 1.
   */
  async members(): Promise<readonly TreeMember[] | null> {
    const table = await processTable();
    if (table === null) {
      return null;
    }
    const byPid = new Map(table.map((entry) => [entry.pid, entry]));
    const spared = this.#spared(byPid);
    const depths = new Map<number, number>();
    const queue = this.#anchors(byPid).map((entry) => ({ entry, depth: 0 }));
    const children = childrenOf(table);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { entry, depth } = next;
      if (spared.has(entry.pid) || (depths.get(entry.pid) ?? -1) >= depth) {
        continue;
      }
      depths.set(entry.pid, depth);
      this.#seen.set(entry.pid, entry.start);
      for (const child of children.get(entry.pid) ?? []) {
        queue.push({ entry: child, depth: depth + 1 });
      }
    }
    return [...depths]
      .flatMap(([pid, depth]) => {
        const entry = byPid.get(pid);
        return entry === undefined ? [] : [{ ...entry, depth }];
      })
      .sort((a, b) => b.depth - a.depth);
  }

  /** Returns the root, the living members of earlier snapshots, the process group, and all marked processes. */
  #anchors(byPid: Map<number, ProcessEntry>): ProcessEntry[] {
    const { marker, processGroup } = this.#options;
    const marked = marker === null ? [] : markedProcesses(marker).found;
    for (const entry of marked) {
      byPid.set(entry.pid, entry);
    }
    const unnamed = this.#unnamedRoot;
    // From now on its start identifies it.
    this.#unnamedRoot = null;
    return [...byPid.values()].filter(
      (entry) =>
        this.#seen.get(entry.pid) === entry.start ||
        entry.pid === unnamed ||
        (processGroup !== undefined && groupOf(entry) === processGroup) ||
        marked.includes(entry),
    );
  }

  #spared(byPid: Map<number, ProcessEntry>): Set<number> {
    const spared = new Set([0, 1]);
    let pid: number | undefined = process.pid;
    while (pid !== undefined && !spared.has(pid)) {
      spared.add(pid);
      pid = byPid.get(pid)?.parent;
    }
    return spared;
  }
}

function childrenOf(table: readonly ProcessEntry[]): Map<number, ProcessEntry[]> {
  const byPid = new Map(table.map((entry) => [entry.pid, entry]));
  const children = new Map<number, ProcessEntry[]>();
  for (const entry of table) {
    const parent = byPid.get(entry.parent);
    if (parent === undefined || isImpostor(parent, entry)) {
      continue;
    }
    const siblings = children.get(parent.pid);
    if (siblings === undefined) {
      children.set(parent.pid, [entry]);
    } else {
      siblings.push(entry);
    }
  }
  return children;
}

/**
 * Whether a process only has the pid of another's parent: Windows keeps the pid of an ended parent and reuses it, and a
 * real parent is never younger than its child.
 */
function isImpostor(parent: ProcessEntry, child: ProcessEntry): boolean {
  return process.platform === 'win32' && BigInt(parent.start) > BigInt(child.start);
}

/** Returns the process group; on Windows, which has none, the parent's pid, which remains after the parent's end. */
function groupOf(entry: ProcessEntry): number {
  return process.platform === 'win32' ? entry.parent : entry.group;
}
