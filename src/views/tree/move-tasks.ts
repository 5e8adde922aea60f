import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { moveTasks as editPlans } from '../editor/moving/move-tasks.ts';
import { planTasks } from '../editor/moving/plan-tasks.ts';
import { type Move, planMove } from './model/plan-move.ts';

/**
 * Moves tasks to a group by editing their markers in their editors, where the user can undo it. Shows a message if the
 * move is not possible, changes nothing, or does not affect a group that is running.
 */
export async function moveTasks(
  windowModel: WindowModel,
  keys: readonly TaskKey[],
  target: GroupKey,
): Promise<void> {
  const move = planMove(windowModel.groups(), keys, target);
  if (typeof move === 'string') {
    void vscode.window.showWarningMessage(move);
    return;
  }
  if (move.tasks.length === 0) {
    return;
  }
  const tasks = planTasks(
    windowModel,
    move.tasks.map(({ key }) => key),
  );
  const moved = tasks.ok
    ? await editPlans(tasks.value, move.group.sequential ? null : move.group.id)
    : tasks;
  if (!moved.ok) {
    void vscode.window.showWarningMessage(moved.failure);
  } else {
    showResult(move, moved.value);
  }
}

function showResult({ tasks, group, running }: Move, done: 'changed' | 'unchanged'): void {
  const [first] = tasks;
  if (done === 'unchanged') {
    const why = group.sequential ? 'has no marker that could be removed' : 'is there already';
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} {1}, so nothing was changed in the plan.', first?.id ?? '', why),
    );
  } else if (running.length > 0) {
    const goOn = running.length === 1 ? 'is running and goes on' : 'are running and go on';
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        '{0} {1} as it was started; the plan counts from the next run.',
        running.join(' and '),
        goOn,
      ),
    );
  }
}
