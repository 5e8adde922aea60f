import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { CONFIG_FILE } from '../../shared/manifest.ts';
import { ChangeBatcher } from '../../tasks/plans/change-batcher.ts';
import type { PlanStore } from '../../tasks/plans/plan-store.ts';

/**
 * Watches for changes on disk with VS Code's own watcher, and for changes in plans that tools keep, and refreshes the
 * plans. `configChanged`: reads everything again, because the configuration defines which files are plans.
 */
export function watchPlanFiles(
  root: string,
  plans: PlanStore,
  log: vscode.LogOutputChannel,
  configChanged: () => Promise<void>,
): vscode.Disposable {
  const batcher = new ChangeBatcher((paths) => {
    const refreshed = paths.includes(CONFIG_FILE) ? configChanged() : plans.refresh(...paths);
    refreshed.catch((error: unknown) => {
      log.error(`${paths.join(', ')} could not be read again: ${String(error)}`);
    });
  });
  const onChange = (uri: vscode.Uri): void => {
    const path = relative(root, uri.fsPath).replaceAll(sep, '/');
    if (path === CONFIG_FILE || plans.isPlan(path)) {
      batcher.add(path);
    }
  };
  // Matches all files, because the user may include files of any name. VS Code leaves out those that it does not watch.
  const allFiles = new vscode.RelativePattern(vscode.Uri.file(root), '**/*');
  const watcher = vscode.workspace.createFileSystemWatcher(allFiles);
  return vscode.Disposable.from(
    batcher,
    plans.followTools((error) => {
      log.error(vscode.l10n.t('A plan could not be followed: {0}', String(error)));
    }),
    watcher,
    watcher.onDidChange(onChange),
    watcher.onDidCreate(onChange),
    watcher.onDidDelete(onChange),
  );
}
