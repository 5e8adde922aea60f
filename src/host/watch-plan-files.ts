import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { CONFIG_FILE } from '../shared/manifest.ts';
import type { PlanStore } from '../tasks/plan-store.ts';
import { Settling } from '../tasks/settle.ts';

/** Where plans are by their names; what a person includes by globs is watched beside it. */
const NAMED = '**/*.{md,json,MD,JSON}';

/** Has the plans read again what changed on disk, through VS Code's own watcher, and what their tools keep. */
export function watchPlanFiles(
  root: string,
  plans: PlanStore,
  include: readonly string[],
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const settling = new Settling((paths) => {
    plans.refresh(...paths).catch((error: unknown) => {
      log.error(`${paths.join(', ')} could not be read again: ${String(error)}`);
    });
  });
  const changed = (uri: vscode.Uri): void => {
    const path = relative(root, uri.fsPath).replaceAll(sep, '/');
    if (plans.isPlan(path) && path !== CONFIG_FILE) {
      settling.add(path);
    }
  };
  const watchers = [NAMED, ...include].map((glob) =>
    vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(root), glob),
    ),
  );
  return vscode.Disposable.from(
    settling,
    plans.followTools((error) => {
      log.error(`A plan could not be followed: ${String(error)}`);
    }),
    ...watchers.flatMap((watcher) => [
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
    ]),
  );
}
