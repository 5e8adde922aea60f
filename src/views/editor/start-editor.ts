import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';

/** Loads the language features once the workspace has a plan or an editor shows one. */
export function startEditor(
  windowModel: WindowModel,
  log: vscode.LogOutputChannel,
  media: vscode.Uri,
): vscode.Disposable {
  const waiting: { dispose(): void }[] = [];
  let state: 'waiting' | 'started' | 'disposed' = 'waiting';
  let features: vscode.Disposable | undefined;
  const start = async (): Promise<void> => {
    const { registerEditor } = await import('./editor.ts');
    if (state !== 'disposed') {
      features = registerEditor(windowModel, log, media);
    }
  };
  const startOnPlan = (): void => {
    if (state === 'waiting' && hasPlan(windowModel)) {
      state = 'started';
      vscode.Disposable.from(...waiting.splice(0)).dispose();
      start().catch((error: unknown) => {
        log.error(error instanceof Error ? error : String(error));
      });
    }
  };
  waiting.push(
    windowModel.onChange(startOnPlan),
    vscode.window.onDidChangeActiveTextEditor(startOnPlan),
  );
  startOnPlan();
  return new vscode.Disposable(() => {
    state = 'disposed';
    vscode.Disposable.from(...waiting).dispose();
    features?.dispose();
  });
}

/** Whether the workspace has a plan with tasks or problems, or an editor shows a plan, even an empty one. */
function hasPlan(windowModel: WindowModel): boolean {
  const isRead = windowModel
    .folders()
    .some(({ workspace }) =>
      workspace.plans
        .current()
        .sources.some((each) => each.tasks.length + each.problems.length > 0),
    );
  return (
    isRead || vscode.window.visibleTextEditors.some(({ document }) => isPlan(windowModel, document))
  );
}

function isPlan(windowModel: WindowModel, { uri }: vscode.TextDocument): boolean {
  const file = windowModel.fileOf(uri);
  return file?.folder.plans.isPlan(file.path) ?? false;
}
