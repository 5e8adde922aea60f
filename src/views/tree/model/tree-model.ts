import type { GroupKey, TaskKey } from '../../../shared/ids.ts';
import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';
import { arrange, type Arrangement, hasWaves } from './arrange.ts';
import { ambiguousNames } from './group-words.ts';
import type { Layout } from './layout.ts';
import { type GroupNode, Nodes, type TreeNode } from './nodes.ts';
import { sameGroupRow, sameTaskRow } from './rows.ts';

/** What has to be drawn anew: everything, or rows that look different. */
export type Change = 'all' | readonly TreeNode[];

/** What is drawn: the groups of a moment, how a person wants to see them, and the folders they are of. */
export interface Picture {
  readonly groups: readonly GroupView[];
  readonly layout: Layout;
  /** What the keys of each folder's groups begin with; one `''` in a window with one folder. */
  readonly folders: readonly string[];
}

const NOTHING: Arrangement = {
  roots: [],
  children: new Map(),
  parents: new Map(),
  shown: 0,
  total: 0,
};

/** A group and its tasks, to be found by their keys. */
interface Known {
  readonly view: GroupView;
  readonly tasks: Map<TaskKey, TaskView>;
}

/**
 * The rows of the tree. Views that did not change keep their identity from one moment to the next, so an update looks
 * only into the groups that did: linear in the number of groups and in the tasks of those.
 */
export class TreeModel {
  readonly #nodes = new Nodes();
  readonly #known = new Map<GroupKey, Known>();
  #picture: Picture | null = null;
  #arrangement = NOTHING;
  #names: ReadonlyMap<GroupKey, string> = new Map();

  /** Takes what is to be drawn now, and tells what is different. */
  update(picture: Picture): Change {
    const before = this.#picture;
    this.#picture = picture;
    const changed = picture.groups.filter((view) => this.#known.get(view.key)?.view !== view);
    const isOther =
      before?.layout !== picture.layout ||
      !sameList(before.folders, picture.folders) ||
      !sameList(before.groups, picture.groups, ({ key }) => key);
    if (isOther || changed.some((view) => this.#isRearranged(view, picture.layout))) {
      this.#rearrange(picture);
      return 'all';
    }
    return changed.flatMap((view) => this.#changedRows(view));
  }

  /** The rows below another one, or the topmost. */
  childrenOf(node?: TreeNode): readonly TreeNode[] {
    const { roots, children } = this.#arrangement;
    return node === undefined ? roots : (children.get(node) ?? []);
  }

  parentOf(node: TreeNode): TreeNode | undefined {
    return this.#arrangement.parents.get(node);
  }

  /** Whether a row is there at all, in this way of looking and through the filter. */
  shows(node: TreeNode): boolean {
    return this.parentOf(node) !== undefined || this.#arrangement.children.has(node);
  }

  group(key: GroupKey): GroupView | undefined {
    return this.#known.get(key)?.view;
  }

  task(group: GroupKey, key: TaskKey): TaskView | undefined {
    return this.#known.get(group)?.tasks.get(key);
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

  /** What tells a group from others of its name; `undefined` where there is none. */
  nameBeside(key: GroupKey): string | undefined {
    return this.#names.get(key);
  }

  get groups(): readonly GroupView[] {
    return this.#picture?.groups ?? [];
  }

  /** How many tasks are shown, of all there are. */
  get counts(): { readonly shown: number; readonly total: number } {
    return this.#arrangement;
  }

  #rearrange({ groups, layout, folders }: Picture): void {
    this.#known.clear();
    for (const view of groups) {
      this.#know(view);
    }
    this.#names = ambiguousNames(groups);
    this.#arrangement = arrange(groups, layout, folders, this.#nodes);
  }

  #know(view: GroupView): void {
    const tasks = new Map(view.tasks.map((task) => [task.key, task]));
    this.#known.set(view.key, { view, tasks });
  }

  /** Whether other rows stand there, or elsewhere, than for the group as it was. */
  #isRearranged(view: GroupView, { way, waves, filter }: Layout): boolean {
    const before = this.group(view.key);
    if (
      before?.tasks.length !== view.tasks.length ||
      before.source !== view.source ||
      before.title !== view.title ||
      hasWaves(before) !== hasWaves(view)
    ) {
      return true;
    }
    return view.tasks.some((task, place) => {
      const was = before.tasks[place];
      return (
        was !== task &&
        (was?.key !== task.key ||
          (waves && was.wave !== task.wave) ||
          (way === 'subagent' && was.subagent !== task.subagent) ||
          (filter !== null && filter(was, before) !== filter(task, view)))
      );
    });
  }

  /** Only for a group whose rows stand where they stood. */
  #changedRows(view: GroupView): readonly TreeNode[] {
    const before = this.#known.get(view.key);
    const tasks = before?.tasks ?? new Map<TaskKey, TaskView>();
    const node = this.#nodes.group(view.key);
    const rows: TreeNode[] = [];
    for (const [place, task] of view.tasks.entries()) {
      const former = before?.view.tasks[place];
      if (former !== task) {
        tasks.set(task.key, task);
        if (former === undefined || !sameTaskRow(former, task)) {
          rows.push(this.#nodes.task(task.key, node));
        }
      }
    }
    this.#known.set(view.key, { view, tasks });
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
    before.every((each, place) => {
      const other = now[place];
      return other !== undefined && of(each) === of(other);
    })
  );
}
