import type { GroupKey, TaskKey } from '../../../shared/ids.ts';
import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';
import { plural } from '../../../shared/words/durations.ts';

/**
 * The groups whose tasks the user is selecting for a run. Stores the unchecked tasks: all open tasks are checked
 * initially, including those that the plan gets later.
 */
export class TaskSelection {
  readonly #unchecked = new Map<GroupKey, Set<TaskKey>>();

  /** Starts a selection in a group, with all checkboxes checked. */
  begin(group: GroupKey): void {
    this.#unchecked.set(group, new Set());
  }

  /** Ends the selection in a group; returns whether there was one. */
  end(group: GroupKey): boolean {
    return this.#unchecked.delete(group);
  }

  /** The groups with checkboxes. */
  groups(): readonly GroupKey[] {
    return [...this.#unchecked.keys()];
  }

  /** Whether a group's tasks have checkboxes. */
  has(group: GroupKey): boolean {
    return this.#unchecked.has(group);
  }

  /** Whether a task is checked; `undefined` if it has no checkbox. */
  isChecked(group: GroupKey, task: Pick<TaskView, 'key' | 'launchable'>): boolean | undefined {
    const unchecked = this.#unchecked.get(group);
    return unchecked === undefined || !task.launchable ? undefined : !unchecked.has(task.key);
  }

  /** Checks or unchecks tasks of a group that has checkboxes. */
  check(group: GroupKey, tasks: readonly TaskKey[], checked: boolean): void {
    const unchecked = this.#unchecked.get(group);
    for (const task of unchecked === undefined ? [] : tasks) {
      if (checked) {
        unchecked?.delete(task);
      } else {
        unchecked?.add(task);
      }
    }
  }

  /** The checked tasks of a group; `null` if it has no checkboxes. */
  chosen(group: Pick<GroupView, 'key' | 'tasks'>): ReadonlySet<TaskKey> | null {
    if (!this.has(group.key)) {
      return null;
    }
    const checked = group.tasks.filter((task) => this.isChecked(group.key, task) === true);
    return new Set(checked.map(({ key }) => key));
  }
}

/** "2 of 4 tasks chosen", with the number of chosen tasks that depend on one that is not. */
export function chosenWords(
  { tasks }: Pick<GroupView, 'tasks'>,
  chosen: ReadonlySet<TaskKey>,
): string {
  const open = tasks.filter(({ launchable }) => launchable);
  const left = new Set(open.flatMap(({ key }) => (chosen.has(key) ? [] : [key])));
  const waiting = open.filter(
    ({ key, dependencies }) =>
      chosen.has(key) && dependencies.some((dependency) => left.has(dependency.key)),
  );
  const words = `${chosen.size} of ${plural(open.length, 'task')} chosen`;
  return waiting.length === 0
    ? words
    : `${words} · ${waiting.length} ${waiting.length === 1 ? 'waits' : 'wait'} for one that is not`;
}
