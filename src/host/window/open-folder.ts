import { basename } from 'node:path';
import * as vscode from 'vscode';
import { type ConfigOverrides, loadConfig } from '../../engine/config/load-config.ts';
import { createGuards } from '../../engine/guards/guard-run.ts';
import { telemetrySettings } from '../../engine/telemetry/telemetry-settings.ts';
import { WorkflowBoard } from '../../engine/workflow/workflow-board.ts';
import { Workspace } from '../../engine/workspace/workspace.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { openWorkspaceStorage } from '../../store/user/user-state.ts';
import { systemClock } from '../../system/clock.ts';
import { PlanStore } from '../../tasks/plans/plan-store.ts';
import { askApproval } from '../dialogs/approval-dialog.ts';
import { askForJudgement, showChangesOf } from '../dialogs/ask-judgement.ts';
import { askForTask } from '../dialogs/task-approval.ts';
import { watchPlanFiles } from '../plans/watch-plan-files.ts';
import { statusWriter } from '../plans/write-status.ts';
import { readBdPath, readSettings, readTelemetry } from './settings.ts';
import type { WindowOptions } from './window-options.ts';

/** A folder with its plans and runs, and the watcher that keeps them up to date. */
export interface OpenFolder {
  readonly workspace: Workspace;
  readonly plans: PlanStore;
  readonly workflows: WorkflowBoard;
  readonly watcher: vscode.Disposable;
}

/** The guards of this window, which loads this module once: all its folders share its concurrency and memory limits. */
const GUARDS = createGuards();

/**
 * Opens a folder. Callers load this module on first use, to keep the parsers and the engine out of the window's
 * startup. The failure is a sentence for the user. `prefix`: the prefix of the folder's keys in views.
 */
export async function openFolder(
  uri: vscode.Uri,
  prefix: string,
  { launcher, runner, ask, log, wanted }: WindowOptions,
): Promise<Result<OpenFolder, string>> {
  const root = uri.fsPath;
  const storage = await openWorkspaceStorage(root);
  if (!storage.ok) {
    return failure(storage.failure.message);
  }
  const overrides = (): ConfigOverrides => readSettings(uri);
  const { config } = await loadConfig(root, overrides());
  const plans = await PlanStore.open(root, {
    ...config.sources,
    wanted: wanted.of(uri),
    bd: () => readBdPath(uri),
    mayRun: () => vscode.workspace.isTrusted,
    toolsLater: (error) => {
      log.error(vscode.l10n.t('A plan could not be read: {0}', String(error)));
    },
  });
  const workspace = await Workspace.open({
    workspaceRoot: root,
    storage: storage.value,
    label: vscode.l10n.t('VS Code ({0})', basename(root)),
    clock: systemClock,
    launcher,
    guards: GUARDS,
    plans,
    writeStatus: statusWriter(root, plans),
    overrides,
    runner: [process.execPath, runner],
    telemetry: () => telemetrySettings(readTelemetry(uri), process.env),
    isTrusted: () => vscode.workspace.isTrusted,
  });
  workspace.bus.respond('approval.ask', (question) => askApproval(ask, question));
  workspace.bus.respond('approval.task', (question) => askForTask(ask, question));
  workspace.bus.respond('judgement.ask', (question) =>
    askForJudgement(ask, question, () => showChangesOf(prefix + question.task)),
  );
  workspace.bus.subscribe('subscriber.failed', 'log', ({ message, error }) => {
    log.error(message, error);
  });
  await workspace.agents.follow();
  const watcher = watchPlanFiles(root, plans, log, () => workspace.refresh());
  return success({ workspace, plans, workflows: new WorkflowBoard(workspace), watcher });
}
