import * as vscode from 'vscode';
import type { RunActions } from '../../host/actions/run-actions.ts';
import type { LocatedFile, WindowModel } from '../../host/window/window-model.ts';
import type { GroupKey } from '../../shared/ids.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { plural } from '../../shared/words/durations.ts';
import { keyOf } from './plan/outlined-plan.ts';
import { outline, viewKey } from './plan/plan-documents.ts';
import { tasksOf } from './plan/task-views.ts';

/** The target of *Run Parallel Group…*. */
export interface RunPlanTarget {
  /** The file; `null` for the one in the active editor. */
  readonly uri: vscode.Uri | null;
  /** Whether the command comes from the explorer, which has no cursor to select a group by. */
  readonly inExplorer: boolean;
}

/** Runs the group at the cursor, or prompts for one of the file's groups. */
export async function runPlan(
  windowModel: WindowModel,
  actions: Pick<RunActions, 'run'>,
  { uri, inExplorer }: RunPlanTarget,
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const wanted = uri ?? editor?.document.uri;
  const file = wanted === undefined ? null : windowModel.fileOf(wanted);
  if (wanted === undefined || file === null) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a plan first, or choose one in the explorer.'),
    );
    return;
  }
  const isShown = editor?.document.uri.toString() === wanted.toString();
  const here = isShown && !inExplorer ? groupAtCursor(editor, file) : undefined;
  const key = here?.canRun === true ? here.key : await chooseGroup(windowModel, file);
  if (key !== undefined) {
    await actions.run(key, false);
  }
}

function groupAtCursor(
  { document, selection }: vscode.TextEditor,
  { folder, path }: LocatedFile,
): GroupView | undefined {
  const plan = outline(document.getText(), path);
  const task = plan?.taskAt(document.offsetAt(selection.active));
  return task === undefined ? undefined : tasksOf(folder).get(viewKey(folder, keyOf(task)))?.group;
}

async function chooseGroup(
  windowModel: WindowModel,
  { folder, path }: LocatedFile,
): Promise<GroupKey | undefined> {
  const place = folder.prefix + path;
  const groups = windowModel
    .groups()
    .filter(({ tasks }) => tasks.some((task) => task.place.file === place));
  const ready = groups.filter(({ canRun }) => canRun);
  const [only, ...others] = ready;
  if (only === undefined) {
    void vscode.window.showInformationMessage(noGroupReason(path, groups));
    return undefined;
  }
  if (others.length === 0) {
    return only.key;
  }
  const picks = ready.map(({ key, title, detail, tasks }) => ({
    key,
    label: title,
    description: detail,
    detail: tasks.map(({ id }) => id).join(', '),
  }));
  const placeHolder = vscode.l10n.t('Run which group of {0}?', path);
  return (await vscode.window.showQuickPick(picks, { placeHolder, matchOnDetail: true }))?.key;
}

function noGroupReason(path: string, groups: readonly GroupView[]): string {
  if (groups.length === 0) {
    return vscode.l10n.t('{0} has no tasks. Save it if you have just written some.', path);
  }
  const running = groups.filter(({ run }) => run !== null && run.state !== 'ended').length;
  return running > 0
    ? vscode.l10n.t(
        '{0}: {1} running already, and no other one has an open task.',
        path,
        plural(running, 'group'),
      )
    : vscode.workspace.isTrusted
      ? vscode.l10n.t('{0}: every task is done, or not ours to launch.', path)
      : vscode.l10n.t('This folder is in Restricted Mode: plans are shown, nothing runs.');
}
