import type { TaskKey } from '../../../shared/ids.ts';
import { t } from '../../../shared/messages.ts';
import type { Group, Problem, Task } from '../../schema/task.ts';
import { describeConflict } from './describe-conflict.ts';
import { type Conflict, forecast } from './forecast.ts';

/** A warning for every file or folder that tasks of a group could write at the same time. */
export function sharedFiles(group: Group, tasks: ReadonlyMap<TaskKey, Task>): readonly Problem[] {
  return forecast(group, tasks).map((conflict) => warning(group, conflict, tasks));
}

function warning(group: Group, conflict: Conflict, tasks: ReadonlyMap<TaskKey, Task>): Problem {
  const what = describeConflict(conflict, (key) => tasks.get(key)?.id ?? key);
  const [first, second = first] = conflict.tasks;
  const place = second === undefined ? undefined : tasks.get(second)?.place;
  return {
    severity: 'warning',
    code: 'shared-file',
    message: t(
      'Tasks of the group “{0}” may write the same file: {1}. Let one depend on the other, move one to another group, or choose to run them one after the other.',
      group.id,
      what,
    ),
    place: place ?? { file: group.source, line: 1 },
    range: null,
    tasks: conflict.tasks,
  };
}
