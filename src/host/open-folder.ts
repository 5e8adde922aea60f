import { basename } from 'node:path';
import * as vscode from 'vscode';
import { askApproval } from './approval-dialog.ts';
import type { SessionOptions } from './session-options.ts';
import { readSettings } from './settings.ts';
import { watchPlanFiles } from './watch-plan-files.ts';
import { statusWriter } from './write-status.ts';
import { systemClock } from '../engine/ports.ts';
import { Workspace } from '../engine/workspace.ts';
import { failure, type Result, success } from '../shared/result.ts';
import { openWorkspaceStorage } from '../store/user/user-state.ts';
import { PlanStore } from '../tasks/plan-store.ts';

/** A folder with its plans and runs, and what keeps them current. */
export interface OpenFolder {
  readonly workspace: Workspace;
  readonly watching: vscode.Disposable;
}

/**
 * Opens a folder. Loaded on first use: the parsers and the engine have no part in the start of the window. The failure
 * is a sentence for a person.
 */
export async function openFolder(
  root: string,
  { launcher, runner, ask, log }: SessionOptions,
): Promise<Result<OpenFolder, string>> {
  const storage = await openWorkspaceStorage(root);
  if (!storage.ok) {
    return failure(storage.failure.message);
  }
  const plans = await PlanStore.open(root);
  const workspace = await Workspace.open({
    workspaceRoot: root,
    storage: storage.value,
    label: `VS Code (${basename(root)})`,
    clock: systemClock,
    launcher,
    plans,
    writeStatus: statusWriter(root, plans),
    overrides: readSettings,
    runner: [process.execPath, runner],
    isTrusted: () => vscode.workspace.isTrusted,
    askApproval: (group, missing) => askApproval(ask, group, missing),
  });
  return success({ workspace, watching: watchPlanFiles(root, plans, [], log) });
}
