import type { Workspace } from '../../engine/workspace/workspace.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { TaskView } from '../../shared/view-models/group-views.ts';
import { type Answer, refusal } from '../output/answer.ts';

/**
 * The task that is meant by a key (`tasks.md#T1`) or a short id (`T1`, in any case). A short id that several plans have is
 * refused with the keys to choose from. `group`: only of this one.
 */
export function chooseTask(
  wanted: string,
  workspace: Pick<Workspace, 'groups'>,
  group?: GroupKey,
): Result<TaskView, Answer> {
  const groups = workspace.groups().filter(({ key }) => group === undefined || key === group);
  const tasks = groups.flatMap((each) => each.tasks);
  const exact = tasks.find(({ key }) => key === wanted);
  if (exact !== undefined) {
    return success(exact);
  }
  const named = tasks.filter(({ id }) => id.toLowerCase() === wanted.toLowerCase());
  const [only] = named;
  if (only === undefined) {
    const where = group === undefined ? 'in the plans here' : `in ${group}`;
    return failure(refusal('unknown_task', `There is no task "${wanted}" ${where}.`));
  }
  if (named.length === 1) {
    return success(only);
  }
  const keys = named.map(({ key }) => key);
  const message = `Several plans have a task "${wanted}". Name one of them by its key:\n  ${keys.join('\n  ')}`;
  return failure(refusal('ambiguous_task', message, { candidates: keys }));
}
