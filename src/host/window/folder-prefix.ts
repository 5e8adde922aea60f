import { asGroupKey, asSourceId, asTaskKey, type TaskKey } from '../../shared/ids.ts';
import type { GroupView, Place, TaskView } from '../../shared/view-models/group-views.ts';

/**
 * Groups as a window with several folders shows them: sources, keys and paths begin with the folder's name, so that two
 * folders may have a `tasks.md` each. What keeps its identity keeps it here too.
 */
export class FolderPrefix {
  readonly #prefix: string;
  readonly #groups = new WeakMap<GroupView, GroupView>();
  readonly #tasks = new WeakMap<TaskView, TaskView>();

  /** `prefix`: `''` in a window with one folder, which changes nothing. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  group(group: GroupView): GroupView {
    if (this.#prefix === '') {
      return group;
    }
    const known = this.#groups.get(group);
    const qualified = known ?? this.#qualify(group);
    this.#groups.set(group, qualified);
    return qualified;
  }

  #qualify(group: GroupView): GroupView {
    const key = (task: TaskKey): TaskKey => asTaskKey(this.#prefix + task);
    return {
      ...group,
      key: asGroupKey(this.#prefix + group.key),
      source: asSourceId(this.#prefix + group.source),
      tasks: group.tasks.map((task) => this.#task(task)),
      waves: group.waves.map((wave) => wave.map(key)),
      problems: group.problems.map((problem) =>
        problem.place === null ? problem : { ...problem, place: this.#placed(problem.place) },
      ),
    };
  }

  #task(task: TaskView): TaskView {
    const known = this.#tasks.get(task);
    const named = <T extends { readonly key: TaskKey }>(each: T): T => ({
      ...each,
      key: asTaskKey(this.#prefix + each.key),
    });
    const qualified = known ?? {
      ...named(task),
      place: this.#placed(task.place),
      dependencies: task.dependencies.map(named),
      blockedBy: task.blockedBy.map(named),
    };
    this.#tasks.set(task, qualified);
    return qualified;
  }

  #placed(place: Place): Place {
    return { ...place, file: this.#prefix + place.file };
  }
}
