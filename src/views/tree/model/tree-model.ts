import type { GroupKey, TaskKey } from '../../../shared/ids.ts';
import { changedPlaces } from '../../../shared/same.ts';
import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';
import { arrange, type Arrangement, hasWaves } from './arrange.ts';
import { ambiguousNames } from './group-words.ts';
import type { Layout } from './layout.ts';
import { type GroupNode, Nodes, type TreeNode } from './nodes.ts';
import { sameGroupRow, sameTaskRow } from './rows.ts';

/** What to redraw: everything, or the rows that look different. */
export type Change = 'all' | readonly TreeNode[];

/** The input of the tree: the current groups, the user's layout, and the folders of the groups. */
export interface TreeInput {
  readonly groups: readonly GroupView[];
  readonly layout: Layout;
  /** The prefix of each folder's group keys; one `''` in a window with one folder. */
  readonly folders: readonly string[];
}

const EMPTY: Arrangement = {
  roots: [],
  children: new Map(),
  parents: new Map(),
  shown: 0,
  total: 0,
};

/** A group with its tasks by key. */
interface IndexedGroup {
  readonly view: GroupView;
  readonly tasks: Map<TaskKey, TaskView>;
}

/**
 * The rows of the tree. Unchanged view models keep their identity between updates, so an update compares only the tasks
 * of changed groups: linear in the number of groups and in the number of those tasks.
 */
export class TreeModel {
  readonly #nodes = new Nodes();
  readonly #indexed = new Map<GroupKey, IndexedGroup>();
  #input: TreeInput | null = null;
  #arrangement = EMPTY;
  #distinctions: ReadonlyMap<GroupKey, string> = new Map();

  /** Sets the current input and returns what to redraw. */
  update(input: TreeInput): Change {
    const before = this.#input;
    this.#input = input;
    const changed = input.groups.filter((view) => this.#indexed.get(view.key)?.view !== view);
    const isOther =
      before?.layout !== input.layout ||
      !sameList(before.folders, input.folders) ||
      !sameList(before.groups, input.groups, ({ key }) => key);
    if (isOther || changed.some((view) => this.#isRearranged(view, input.layout))) {
      this.#rearrange(input);
      return 'all';
    }
    return changed.flatMap((view) => this.#changedRows(view));
  }

  /** The children of a row, or the root rows. */
  childrenOf(node?: TreeNode): readonly TreeNode[] {
    const { roots, children } = this.#arrangement;
    return node === undefined ? roots : (children.get(node) ?? []);
  }

  parentOf(node: TreeNode): TreeNode | undefined {
    return this.#arrangement.parents.get(node);
  }

  /** Whether a row is in the tree, under the present layout and filter. */
  shows(node: TreeNode): boolean {
    return this.parentOf(node) !== undefined || this.#arrangement.children.has(node);
  }

  group(key: GroupKey): GroupView | undefined {
    return this.#indexed.get(key)?.view;
  }

  task(group: GroupKey, key: TaskKey): TaskView | undefined {
    return this.#indexed.get(group)?.tasks.get(key);
  }

  nodeOf(key: GroupKey): GroupNode {
    return this.#nodes.group(key);
  }

  /** The rows of a group and of its tasks. */
  rowsOf(key: GroupKey): readonly TreeNode[] {
    const node = this.nodeOf(key);
    const tasks = this.group(key)?.tasks ?? [];
    return [node, ...tasks.map((task) => this.#nodes.task(task.key, node))].filter((row) =>
      this.shows(row),
    );
  }

  /** The words that distinguish a group from others with its name; `undefined` if its name is unique. */
  distinction(key: GroupKey): string | undefined {
    return this.#distinctions.get(key);
  }

  get groups(): readonly GroupView[] {
    return this.#input?.groups ?? [];
  }

  /** The number of shown tasks and of all tasks. */
  get counts(): { readonly shown: number; readonly total: number } {
    return this.#arrangement;
  }

  #rearrange({ groups, layout, folders }: TreeInput): void {
    this.#indexed.clear();
    for (const view of groups) {
      this.#index(view);
    }
    this.#distinctions = ambiguousNames(groups);
    this.#arrangement = arrange(groups, layout, folders, this.#nodes);
  }

  #index(view: GroupView): void {
    const tasks = new Map(view.tasks.map((task) => [task.key, task]));
    this.#indexed.set(view.key, { view, tasks });
  }

  /** Whether a changed group adds, removes or moves rows. */
  #isRearranged(view: GroupView, { viewBy, waves, filter }: Layout): boolean {
    const before = this.group(view.key);
    if (
      before?.tasks.length !== view.tasks.length ||
      before.source !== view.source ||
      before.title !== view.title ||
      hasWaves(before) !== hasWaves(view)
    ) {
      return true;
    }
    return changedPlaces(before.tasks, view.tasks).some((place) => {
      const was = before.tasks[place];
      const task = view.tasks[place];
      return (
        was?.key !== task?.key ||
        (waves && was?.wave !== task?.wave) ||
        (viewBy === 'subagent' && was?.subagent !== task?.subagent) ||
        (filter !== null &&
          was !== undefined &&
          task !== undefined &&
          filter(was, before) !== filter(task, view))
      );
    });
  }

  /** The rows of a changed group that look different; requires that no row has moved. */
  #changedRows(view: GroupView): readonly TreeNode[] {
    const before = this.#indexed.get(view.key);
    const tasks = before?.tasks ?? new Map<TaskKey, TaskView>();
    const node = this.#nodes.group(view.key);
    const rows: TreeNode[] = [];
    for (const place of changedPlaces(before?.view.tasks ?? [], view.tasks)) {
      const former = before?.view.tasks[place];
      const task = view.tasks[place];
      if (task !== undefined) {
        tasks.set(task.key, task);
        if (former === undefined || !sameTaskRow(former, task)) {
          rows.push(this.#nodes.task(task.key, node));
        }
      }
    }
    this.#indexed.set(view.key, { view, tasks });
    const isSame = before !== undefined && sameGroupRow(before.view, view);
    return (isSame ? rows : [node, ...rows]).filter((row) => this.shows(row));
  }
}

function sameList<T>(
  before: readonly T[],
  now: readonly T[],
  of: (each: T) => unknown = (each) => each,
): boolean {
  return (
    before.length === now.length &&
    before.every((each, index) => {
      const other = now[index];
      return other !== undefined && of(each) === of(other);
    })
  );
}
