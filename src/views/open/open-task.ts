import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';

/** Opens a task's line in its plan file. */
export async function openTask(session: WindowModel, key: TaskKey): Promise<void> {
  const task = session.task(key);
  const uri = task === undefined ? null : session.uriOf(task);
  if (task === undefined || uri === null) {
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri).then(undefined, () => null);
  if (document === null) {
    // A unit of a map need not be a file, or not one of text.
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} cannot be shown as text.', task.place.file),
    );
    return;
  }
  const line = Math.min(task.place.line, document.lineCount) - 1;
  const selection = document.lineAt(Math.max(0, line)).range;
  await vscode.window.showTextDocument(document, { selection, preview: true });
}

/** Opens what a task's newest attempt printed. */
export async function openOutput(session: WindowModel, key: TaskKey): Promise<void> {
  const directory = session.task(key)?.attemptDir ?? null;
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

/** Where the terminals of attempts are. */
export interface AttemptTerminals {
  /** Brings the terminal of an attempt to the front; whether there is one. `pid`: of its runner, if it runs. */
  show(directory: string, pid: number | null): Promise<boolean>;
}

/** Brings a task's terminal to the front; where it was closed, what it printed is opened instead. */
export async function showTerminal(
  session: WindowModel,
  terminals: AttemptTerminals,
  key: TaskKey,
): Promise<void> {
  const task = session.task(key);
  if (
    task === undefined ||
    task.attemptDir === null ||
    !(await terminals.show(task.attemptDir, task.runnerPid))
  ) {
    await openOutput(session, key);
  }
}
