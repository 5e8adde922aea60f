import { asGroupKey, asSourceId, asTaskKey, type TaskKey } from '../../shared/ids.ts';
import type { GroupView, Place, TaskView } from '../../shared/view-models/group-views.ts';

/**
 * Prefixes sources, keys and paths of groups with the folder's name for a window with several folders, so that two
 * folders can have a `tasks.md` each. Preserves identity: the same object as input returns the same object.
 */
export class FolderPrefix {
  readonly #prefix: string;
  readonly #groups = new WeakMap<GroupView, GroupView>();
  readonly #tasks = new WeakMap<TaskView, TaskView>();

  /** `prefix`: `''` in a window with one folder, which returns groups unchanged. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  group(group: GroupView): GroupView {
    if (this.#prefix === '') {
      return group;
    }
    const prefixed = this.#groups.get(group) ?? this.#prefixGroup(group);
    this.#groups.set(group, prefixed);
    return prefixed;
  }

  #prefixGroup(group: GroupView): GroupView {
    const key = (task: TaskKey): TaskKey => asTaskKey(this.#prefix + task);
    return {
      ...group,
      key: asGroupKey(this.#prefix + group.key),
      source: asSourceId(this.#prefix + group.source),
      tasks: group.tasks.map((task) => this.#prefixTask(task)),
      waves: group.waves.map((wave) => wave.map(key)),
      problems: group.problems.map((problem) =>
        problem.place === null ? problem : { ...problem, place: this.#prefixPlace(problem.place) },
      ),
    };
  }

  #prefixTask(task: TaskView): TaskView {
    const withPrefixedKey = <T extends { readonly key: TaskKey }>(each: T): T => ({
      ...each,
      key: asTaskKey(this.#prefix + each.key),
    });
    const prefixed = this.#tasks.get(task) ?? {
      ...withPrefixedKey(task),
      place: this.#prefixPlace(task.place),
      dependencies: task.dependencies.map(withPrefixedKey),
      blockedBy: task.blockedBy.map(withPrefixedKey),
    };
    this.#tasks.set(task, prefixed);
    return prefixed;
  }

  #prefixPlace(place: Place): Place {
    return { ...place, file: this.#prefix + place.file };
  }
}
