import { basename } from 'node:path';
import * as vscode from 'vscode';
import { listens } from '../../coordinator/projections/group/steering.ts';
import { findTask, type FoundTask } from '../../engine/steering/find-task.ts';
import { openSessionCommand } from '../../engine/steering/open-session.ts';
import { type TaskChanges, taskChanges } from '../../engine/steering/task-changes.ts';
import type { Workspace } from '../../engine/workspace/workspace.ts';
import { beforeUri } from '../../host/actions/before-content.ts';
import { requireTrust } from '../../host/actions/run-actions.ts';
import { ANSWERS_AS } from '../../host/dialogs/task-approval.ts';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { TaskKey } from '../../shared/ids.ts';

interface Located {
  readonly workspace: Workspace;
  readonly task: FoundTask;
}

/** Sends a message to the agent of a task, during or after its run. `given`: the message; `null` to prompt for it. */
export async function nudge(
  windowModel: WindowModel,
  key: TaskKey,
  given: string | null = null,
): Promise<void> {
  const located = locate(windowModel, key);
  if (located === null || !(await requireTrust())) {
    return;
  }
  const { workspace, task } = located;
  const { id, title } = task.view;
  const message =
    given ??
    (await vscode.window.showInputBox({
      title: `${id} ${title}`,
      prompt: listens(task.record)
        ? vscode.l10n.t('It is told at once, and goes on with it.')
        : vscode.l10n.t('Its session is taken up again with this message.'),
      placeHolder: vscode.l10n.t('What should it know, or do differently?'),
      ignoreFocusOut: true,
    }));
  if (message === undefined || message.trim() === '') {
    return;
  }
  const nudged = await workspace.nudge(task.view.key, message);
  if (!nudged.ok) {
    void vscode.window.showWarningMessage(`${id}: ${nudged.failure}`);
  }
}

/** Stops one task; the rest of its run continues. */
export async function stop(windowModel: WindowModel, key: TaskKey): Promise<void> {
  const workspace = windowModel.folderOf(key)?.workspace;
  const local = windowModel.localTask(key);
  const group = workspace?.groups().find(({ tasks }) => tasks.some((task) => task.key === local));
  const problem = group === undefined ? null : await workspace?.control.stop(group.key, local);
  if (typeof problem === 'string') {
    void vscode.window.showWarningMessage(problem);
  }
}

/** Records the user's judgement on an interactive task, which is final. */
export async function judge(
  windowModel: WindowModel,
  key: TaskKey,
  proven: boolean,
): Promise<void> {
  const located = locate(windowModel, key);
  if (located === null) {
    return;
  }
  const { workspace, task } = located;
  const judgement = { proven, by: ANSWERS_AS };
  const problem = await workspace.control.judge(task.group, task.view.key, judgement);
  if (problem !== null) {
    void vscode.window.showInformationMessage(`${task.view.id}: ${problem}`);
  }
}

/** Shows the changes of a task so far, compared with the files before it started. */
export async function showChanges(windowModel: WindowModel, key: TaskKey): Promise<void> {
  const located = locate(windowModel, key);
  if (located === null) {
    return;
  }
  const { workspace, task } = located;
  const { id, attemptDir } = task.view;
  const changes =
    attemptDir === null ? null : await taskChanges(workspace.root, task.record, attemptDir);
  if (changes === null) {
    const why = 'nobody looked at the files before it began, or they are in no git repository';
    void vscode.window.showInformationMessage(
      vscode.l10n.t('What {0} changed is not known: {1}.', id, why),
    );
  } else if (changes.files.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} has changed no file so far.', id));
  } else {
    await compare(workspace.root, id, changes);
  }
}

/** Opens the session of a task in its agent's own user interface, in a terminal that shows the command first. */
export async function openSession(windowModel: WindowModel, key: TaskKey): Promise<void> {
  const located = locate(windowModel, key);
  if (located === null || !(await requireTrust())) {
    return;
  }
  const { workspace, task } = located;
  const command = openSessionCommand(task.record);
  if (!command.ok) {
    void vscode.window.showInformationMessage(command.failure);
    return;
  }
  const [program, ...args] = command.value;
  const terminal = vscode.window.createTerminal({
    name: `${task.view.id} ${basename(program)}`,
    shellPath: program,
    shellArgs: args,
    cwd: workspace.root,
    message: `> ${[program, ...args].join(' ')}`,
    iconPath: new vscode.ThemeIcon('comment-discussion'),
  });
  terminal.show();
}

async function compare(
  root: string,
  id: string,
  { commit, files, dirty, whose }: TaskChanges,
): Promise<void> {
  const folder = vscode.Uri.file(root);
  const rows = await Promise.all(
    files.map(async (path) => {
      const file = vscode.Uri.joinPath(folder, path);
      const exists = await vscode.workspace.fs.stat(file).then(
        () => true,
        () => false,
      );
      return [file, beforeUri(file, commit), exists ? file : beforeUri(file, null)];
    }),
  );
  const title =
    whose === 'named'
      ? vscode.l10n.t('Changes of {0}', id)
      : vscode.l10n.t('Changes since {0} began, of anybody', id);
  if (dirty.length > 0) {
    const names = dirty.join(', ');
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Changes that were not committed before {0} began are shown too, in {1}.',
        id,
        names,
      ),
    );
  }
  await vscode.commands.executeCommand('vscode.changes', title, rows);
}

/** Finds a task in its folder's newest run; shows a message and returns `null` if the task has not run. */
function locate(windowModel: WindowModel, key: TaskKey): Located | null {
  const workspace = windowModel.folderOf(key)?.workspace;
  const task = workspace === undefined ? null : findTask(workspace, windowModel.localTask(key));
  if (workspace === undefined || task === null) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This task has not run yet.'));
    return null;
  }
  return { workspace, task };
}
