import type { GroupKey, TaskKey } from '../../../shared/ids.ts';
import { t } from '../../../shared/messages.ts';
import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';

/** A move of tasks to a group. */
export interface Move {
  /** The tasks to move, in the order of the plan; excludes those that are in the group already. */
  readonly tasks: readonly TaskView[];
  readonly group: GroupView;
  /** Titles of the affected groups that are running. */
  readonly running: readonly string[];
}

/** Plans a move of tasks to a group; returns a sentence with the reason if it is not possible. */
export function planMove(
  groups: readonly GroupView[],
  keys: readonly TaskKey[],
  target: GroupKey,
): Move | string {
  const group = groups.find(({ key }) => key === target);
  if (group === undefined) {
    return t('The group is not in the plan any more.');
  }
  const wanted = new Set(keys);
  const from = groups.flatMap((each) => {
    const tasks = each.tasks.filter(({ key }) => wanted.has(key));
    return each.key === target || tasks.length === 0 ? [] : [{ group: each, tasks }];
  });
  const foreign = from.find((each) => each.group.source !== group.source);
  if (foreign !== undefined) {
    const { id } = foreign.tasks[0] ?? { id: '' };
    return t(
      '{0} stands in {1}, and {2} is a group of {3}: a marker cannot move a task to another plan. Move its lines by hand.',
      id,
      foreign.group.source,
      group.title,
      group.source,
    );
  }
  const running = [group, ...from.map((each) => each.group)].filter(({ canStop }) => canStop);
  return {
    tasks: from.flatMap(({ tasks }) => tasks),
    group,
    running: running.map(({ title }) => title),
  };
}
