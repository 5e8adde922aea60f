import { dirname, join, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { collectedFiles } from '../../engine/artifacts/collected-files.ts';
import { pickGroup } from '../../host/dialogs/pick-group.ts';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { artifactsDirectory, taskArtifacts } from '../../store/artifacts/artifact-directory.ts';

/** Opens the artifacts of a task's newest run; prompts for one if there are several. */
export async function openArtifacts(windowModel: WindowModel, key: TaskKey): Promise<void> {
  const task = windowModel.task(key);
  if (task === undefined) {
    return;
  }
  if (task.attemptDir === null) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has not run yet, so it made nothing.', task.id),
    );
    return;
  }
  // The path of the attempt is `<run>/attempts/<task>/<n>`.
  const run = dirname(dirname(dirname(task.attemptDir)));
  const directory = taskArtifacts(run, windowModel.localTask(key));
  const files = collectedFiles(directory, run).map((path) => join(artifactsDirectory(run), path));
  const [first, ...more] = files;
  if (first === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Nothing was collected of {0}: no changed file is known, and it left no result. It is looked for when the task is proven, and when its run is over.',
        task.id,
      ),
    );
    return;
  }
  const picks = files.map((path) => ({
    path,
    label: relative(directory, path).split(sep).join('/'),
  }));
  const placeHolder = vscode.l10n.t('Which artifact of {0}?', task.id);
  const picked =
    more.length === 0 ? { path: first } : await vscode.window.showQuickPick(picks, { placeHolder });
  if (picked !== undefined) {
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(picked.path));
  }
}

/** Opens the report of a group's newest run as a Markdown preview; prompts for the group if `null`. */
export async function openReport(
  windowModel: WindowModel,
  requested: GroupKey | null,
): Promise<void> {
  const key =
    requested ??
    (await pickGroup(
      windowModel.groups().filter(({ run }) => run !== null),
      vscode.l10n.t('Select the group whose report you want to open'),
    ));
  const group = key === null ? undefined : windowModel.group(key);
  const located = group === undefined ? null : windowModel.locate(group.key);
  if (group === undefined || located === null) {
    return;
  }
  // The report may still be in progress.
  const location = vscode.ProgressLocation.Window;
  const title = vscode.l10n.t('Report of {0}', group.title);
  const report = await vscode.window.withProgress({ location, title }, () =>
    located.workspace.report(located.key),
  );
  if (report === null) {
    const why =
      group.run === null ? 'has not run yet' : 'has no report: it is written when a run is over';
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} {1}.', group.title, why));
    return;
  }
  const uri = vscode.Uri.file(report);
  await vscode.commands.executeCommand('markdown.showPreview', uri).then(undefined, () =>
    // The user may have disabled the Markdown extension.
    vscode.commands.executeCommand('vscode.open', uri),
  );
}
