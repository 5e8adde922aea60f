import * as vscode from 'vscode';
import type { WindowModel } from '../../../host/window/window-model.ts';
import type { TaskKey } from '../../../shared/ids.ts';
import { failure, type Result, success } from '../../../shared/result.ts';
import { outline } from '../plan/plan-documents.ts';
import { askGroup, askNewGroup } from './ask-group.ts';
import { moveTasks } from './move-tasks.ts';
import { type PlanTask, planTasks } from './plan-tasks.ts';
import { selectedTasks } from './selected-tasks.ts';

/** The commands that change the group of tasks. */
export type GroupCommand = 'addToGroup' | 'removeFromGroup' | 'newGroup';

/** The target of such a command. */
export interface GroupCommandTarget {
  /** Rows of the tree; empty if the command applies to the selection in the plan's editor. */
  readonly keys: readonly TaskKey[];
  /** Selected rows; used if the active editor shows no plan. */
  readonly selected: readonly TaskKey[];
  /** The id of the group; `null` if the user selects it. */
  readonly to: string | null;
}

/** Changes the group of the target tasks and shows a message if that is not possible. */
export async function changeGroup(
  windowModel: WindowModel,
  command: GroupCommand,
  target: GroupCommandTarget,
): Promise<void> {
  const tasks = targetTasks(windowModel, target);
  if (!tasks.ok) {
    void vscode.window.showWarningMessage(tasks.failure);
    return;
  }
  const group = await groupFor(command, tasks.value, target.to);
  if (group === undefined) {
    return;
  }
  const moved = await moveTasks(tasks.value, group);
  if (!moved.ok) {
    void vscode.window.showWarningMessage(moved.failure);
  } else if (moved.value === 'unchanged') {
    void vscode.window.showInformationMessage(nothingToDo(group));
  }
}

function nothingToDo(group: string | null): string {
  return group === null
    ? vscode.l10n.t('No group marker is written there, so nothing was changed.')
    : vscode.l10n.t('They are in {0} already, so nothing was changed.', group);
}

async function groupFor(
  command: GroupCommand,
  tasks: readonly PlanTask[],
  named: string | null,
): Promise<string | null | undefined> {
  switch (command) {
    case 'removeFromGroup':
      return null;
    case 'addToGroup':
      return named ?? askGroup(tasks);
    case 'newGroup':
      return named ?? askNewGroup(tasks);
  }
}

function targetTasks(
  windowModel: WindowModel,
  { keys, selected }: GroupCommandTarget,
): Result<readonly PlanTask[], string> {
  if (keys.length > 0) {
    return planTasks(windowModel, keys);
  }
  const inEditor = tasksInEditor(windowModel);
  if (inEditor !== null) {
    return inEditor;
  }
  return selected.length > 0 ? planTasks(windowModel, selected) : failure(NOTHING_CHOSEN);
}

const NOTHING_CHOSEN = vscode.l10n.t(
  'Put the cursor on a task of a plan, or select tasks in the Parallel Groups view, and try again.',
);

/** The tasks at the cursors of the active editor, unsaved changes included; `null` if it shows no plan. */
function tasksInEditor(windowModel: WindowModel): Result<readonly PlanTask[], string> | null {
  const editor = vscode.window.activeTextEditor;
  const file = editor === undefined ? null : windowModel.fileOf(editor.document.uri);
  if (editor === undefined || file?.folder.plans.isPlan(file.path) !== true) {
    return null;
  }
  const { document, selections } = editor;
  const text = document.getText();
  const plan = outline(text, file.path);
  if (plan === null) {
    return failure(
      vscode.l10n.t(
        'Tasks of {0} cannot be moved here. Change the group where the file says it.',
        file.path,
      ),
    );
  }
  const offsets = selections.map(({ start, end }) => ({
    start: document.offsetAt(start),
    end: document.offsetAt(end),
  }));
  const tasks = selectedTasks(plan, text, offsets).map(({ source, id, fingerprint }) => ({
    ...file,
    uri: document.uri,
    source,
    id,
    fingerprint,
  }));
  return tasks.length === 0 ? failure(NOTHING_CHOSEN) : success(tasks);
}
