import * as vscode from 'vscode';
import type { CommandHandlers, CommandTarget } from '../../host/actions/commands.ts';
import { ANSWERS_AS } from '../../host/dialogs/task-approval.ts';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { TaskKey } from '../../shared/ids.ts';
import type { TaskView } from '../../shared/view-models/group-views.ts';

type WaitingCommand = 'whyNotRunning' | 'allowTask' | 'refuseTask';
type OnTask = (target: CommandTarget, act: (key: TaskKey) => Promise<void>) => Promise<void>;

/** The handlers of the commands on waiting tasks. `onTask`: determines the task of a command. */
export function waitingCommands(
  windowModel: WindowModel,
  onTask: OnTask,
): Pick<CommandHandlers, WaitingCommand> {
  const answer = (allowed: boolean) => (target: CommandTarget) =>
    onTask(target, (key) => {
      answerFor(windowModel, key, allowed);
      return Promise.resolve();
    });
  return {
    whyNotRunning: (target) => onTask(target, (key) => showWhy(windowModel, key)),
    allowTask: answer(true),
    refuseTask: answer(false),
  };
}

const RUN = vscode.l10n.t('Run');
const SKIP = vscode.l10n.t('Skip');

async function showWhy(windowModel: WindowModel, key: TaskKey): Promise<void> {
  const task = taskOf(windowModel, key);
  if (task === undefined) {
    return;
  }
  const name = `${task.id} ${task.title}`;
  if (task.why === null) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} is not waiting: {1}.', name, task.detail),
    );
    return;
  }
  const answers = awaitsApproval(task) ? [RUN, SKIP] : [];
  const answer = await vscode.window.showInformationMessage(`${name}: ${task.why}`, ...answers);
  if (answer !== undefined) {
    answerFor(windowModel, key, answer === RUN);
  }
}

/** Whether a task waits for the user's approval to start. */
function awaitsApproval({ status, appearance }: TaskView): boolean {
  return status === 'pending' && appearance === 'needs_you';
}

function answerFor(windowModel: WindowModel, key: TaskKey, allowed: boolean): void {
  const workspace = windowModel.folderOf(key)?.workspace;
  const task = windowModel.localTask(key);
  const group = workspace?.groups().find(({ tasks }) => tasks.some((each) => each.key === task));
  const run = group === undefined ? null : (workspace?.runs.active(group.key) ?? null);
  if (run === null) {
    const message = vscode.l10n.t(
      'Another window or command line coordinates this run: answer there.',
    );
    void vscode.window.showInformationMessage(message);
    return;
  }
  run.post({ type: 'approval.given', task, allowed, by: ANSWERS_AS });
}

function taskOf(windowModel: WindowModel, key: TaskKey): TaskView | undefined {
  return windowModel
    .groups()
    .flatMap(({ tasks }) => tasks)
    .find((task) => task.key === key);
}
