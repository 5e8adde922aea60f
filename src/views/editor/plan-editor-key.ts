import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import { CONTEXT_KEYS } from '../../shared/manifest.ts';

/** Sets the context key that shows menus whether the active editor has a plan. */
export function followPlanEditor(session: WindowModel): vscode.Disposable {
  let known: boolean | undefined;
  const update = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const file = uri === undefined ? null : session.fileOf(uri);
    const isPlan = file?.folder.plans.isPlan(file.path) ?? false;
    if (isPlan !== known) {
      known = isPlan;
      void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.isPlanEditor, isPlan);
    }
  };
  update();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    session.onChange(update),
  );
}
