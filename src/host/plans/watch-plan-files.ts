import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { CONFIG_FILE } from '../../shared/manifest.ts';
import { ChangeBatcher } from '../../tasks/plans/change-batcher.ts';
import type { PlanStore } from '../../tasks/plans/plan-store.ts';

/** Has the plans read again what changed on disk, through VS Code's own watcher, and what their tools keep.
 * `configChanged`: reads everything anew, because the configuration says which files count. */
export function watchPlanFiles(
  root: string,
  plans: PlanStore,
  log: vscode.LogOutputChannel,
  configChanged: () => Promise<void>,
): vscode.Disposable {
  const settling = new ChangeBatcher((paths) => {
    const reading = paths.includes(CONFIG_FILE) ? configChanged() : plans.refresh(...paths);
    reading.catch((error: unknown) => {
      log.error(`${paths.join(', ')} could not be read again: ${String(error)}`);
    });
  });
  const changed = (uri: vscode.Uri): void => {
    const path = relative(root, uri.fsPath).replaceAll(sep, '/');
    if (path === CONFIG_FILE || plans.isPlan(path)) {
      settling.add(path);
    }
  };
  // Everything, because a person may include files of any name; what VS Code does not watch is left out by it.
  const everything = new vscode.RelativePattern(vscode.Uri.file(root), '**/*');
  const watcher = vscode.workspace.createFileSystemWatcher(everything);
  return vscode.Disposable.from(
    settling,
    plans.followTools((error) => {
      log.error(vscode.l10n.t('A plan could not be followed: {0}', String(error)));
    }),
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
  );
}
