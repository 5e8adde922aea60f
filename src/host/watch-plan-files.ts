import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { CONFIG_FILE } from '../shared/manifest.ts';
import type { PlanStore } from '../tasks/plan-store.ts';

/** Editors write a file in several steps, and git many files at once, ms. */
const SETTLE_MS = 100;

/** Has the plans read again what changed on disk, through VS Code's own watcher. */
export function watchPlanFiles(
  root: string,
  plans: PlanStore,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const pattern = new vscode.RelativePattern(vscode.Uri.file(root), '**/*.{md,json,MD,JSON}');
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  const pending = new Map<string, NodeJS.Timeout>();
  const changed = (uri: vscode.Uri): void => {
    const path = relative(root, uri.fsPath).replaceAll(sep, '/');
    if (!plans.isPlan(path) || path === CONFIG_FILE) {
      return;
    }
    clearTimeout(pending.get(path));
    const timer = setTimeout(() => {
      pending.delete(path);
      plans.refresh(path).catch((error: unknown) => {
        log.error(`${path} could not be read again: ${String(error)}`);
      });
    }, SETTLE_MS);
    pending.set(path, timer);
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
    {
      dispose: () => {
        pending.forEach((timer) => {
          clearTimeout(timer);
        });
      },
    },
  );
}
