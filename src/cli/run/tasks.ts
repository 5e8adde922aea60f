import type { Workspace } from '../../engine/workspace/workspace.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { TaskView } from '../../shared/view-models/group-views.ts';
import { type Answer, refusal } from '../output/answer.ts';

/**
 * Finds a task by its key (`tasks.md#T1`) or its short id (`T1`, case-insensitive). Refuses a short id that several plans
 * have, and lists their keys. `group`: searches only this group.
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
    const message =
      group === undefined
        ? t('There is no task "{0}" in the plans here.', wanted)
        : t('There is no task "{0}" in {1}.', wanted, group);
    return failure(refusal('unknown_task', message));
  }
  if (named.length === 1) {
    return success(only);
  }
  const keys = named.map(({ key }) => key);
  const message = t(
    'Several plans have a task "{0}". Name one of them by its key:\n  {1}',
    wanted,
    keys.join('\n  '),
  );
  return failure(refusal('ambiguous_task', message, { candidates: keys }));
}
