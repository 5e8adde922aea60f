import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';

/** Opens a task's line in its plan file. */
export async function openTask(windowModel: WindowModel, key: TaskKey): Promise<void> {
  const task = windowModel.task(key);
  const uri = task === undefined ? null : windowModel.uriOf(task);
  if (task === undefined || uri === null) {
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri).then(undefined, () => null);
  if (document === null) {
    // A unit of a map may be no file, or no text file.
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} cannot be shown as text.', task.place.file),
    );
    return;
  }
  const line = Math.min(task.place.line, document.lineCount) - 1;
  const selection = document.lineAt(Math.max(0, line)).range;
  await vscode.window.showTextDocument(document, { selection, preview: true });
}

/** Opens the output of a task's newest attempt. */
export async function openOutput(windowModel: WindowModel, key: TaskKey): Promise<void> {
  const directory = windowModel.task(key)?.attemptDir ?? null;
  if (directory === null) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This task has not run yet, so there is no output.'),
    );
    return;
  }
  const uri = vscode.Uri.file(attemptFiles(directory).output);
  await vscode.window
    .showTextDocument(uri, { preview: true })
    .then(undefined, () =>
      vscode.window.showInformationMessage(vscode.l10n.t('This attempt printed nothing.')),
    );
}

/** Gives access to the terminals of attempts. */
export interface AttemptTerminals {
  /** Shows the terminal of an attempt; `false` if there is none. `pid`: of its runner; `null` if it is not running. */
  show(directory: string, pid: number | null): Promise<boolean>;
}

/** Shows a task's terminal; opens the output of its newest attempt instead if the terminal is closed. */
export async function showTerminal(
  windowModel: WindowModel,
  terminals: AttemptTerminals,
  key: TaskKey,
): Promise<void> {
  const task = windowModel.task(key);
  if (
    task === undefined ||
    task.attemptDir === null ||
    !(await terminals.show(task.attemptDir, task.runnerPid))
  ) {
    await openOutput(windowModel, key);
  }
}
