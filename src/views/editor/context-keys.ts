import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { CONTEXT_KEYS } from '../../shared/manifest.ts';

/** Sets the context key that lists all plan files, for menus: `resourcePath in parallelGroups.planFiles`. */
export function followPlanFiles(windowModel: WindowModel): Disposable {
  let known = '';
  const update = (): void => {
    const files = windowModel.folders().flatMap((folder) => {
      const { sources } = folder.workspace.plans.current();
      const plans = sources.filter(({ tasks }) => tasks.length > 0);
      return plans.map(({ file }) => vscode.Uri.joinPath(folder.uri, file));
    });
    // VS Code compares the path of the URI in a remote window, and the file system path in a local one.
    const paths = [...new Set(files.flatMap(({ path, fsPath }) => [path, fsPath]))];
    const now = paths.join('\n');
    if (now !== known) {
      known = now;
      void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.planFiles, paths);
    }
  };
  update();
  return windowModel.onChange(update);
}

/** Sets the context key that shows menus whether the active editor has a plan. */
export function followPlanEditor(windowModel: WindowModel): vscode.Disposable {
  let known: boolean | undefined;
  const update = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const file = uri === undefined ? null : windowModel.fileOf(uri);
    const isPlan = file?.folder.plans.isPlan(file.path) ?? false;
    if (isPlan !== known) {
      known = isPlan;
      void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.isPlanEditor, isPlan);
    }
  };
  update();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    windowModel.onChange(update),
  );
}
