import * as vscode from 'vscode';
import { checklistLine } from '../../coordinator/projections/fix-tasks.ts';
import { type FixProposal, proposeFixes } from '../../engine/steering/propose-fixes.ts';
import { requireTrust } from '../../host/actions/run-actions.ts';
import { pickGroup } from '../../host/dialogs/pick-group.ts';
import type { LocatedGroup, WindowModel } from '../../host/window/window-model.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { plural } from '../../shared/words/durations.ts';
import { addTaskEdits } from '../../tasks/plan-edits.ts';
import { applyPlanEdits } from '../editor/moving/apply-plan-edits.ts';

/**
 * Adds the tasks that a failing suite suggests to the plan of a group, as an edit that the user can undo. Prompts for
 * the group if `null`. If the plan cannot be edited, shows the tasks in a new document to copy them from.
 */
export async function addFixTasks(
  windowModel: WindowModel,
  requested: GroupKey | null,
): Promise<void> {
  const key = requested ?? (await pickFailedGroup(windowModel));
  const located = key === null ? null : windowModel.locate(key);
  if (located === null) {
    return;
  }
  const { folder, workspace } = located;
  const run = workspace.runs.newestOf(located.key)?.state ?? null;
  const proposal = proposeFixes(folder.plans, workspace.plans.current(), located.key, run);
  if (proposal === null) {
    const message = vscode.l10n.t(
      'There is nothing to add: no test fails since, or the plan has the tasks.',
    );
    void vscode.window.showInformationMessage(message);
    return;
  }
  const { source, file, tasks } = proposal;
  const added = await (file === null
    ? addThroughTool(located, proposal)
    : addToFile(located, file, proposal));
  if (!added.ok) {
    await showAsText(proposal, added.failure);
    return;
  }
  const undo = file === null ? '' : vscode.l10n.t(' Undo takes them back.');
  void vscode.window.showInformationMessage(
    `${plural(tasks.titles.length, 'task')} added to ${file ?? source}.${undo}`,
  );
}

async function addThroughTool(
  { folder }: LocatedGroup,
  { source, tasks }: FixProposal,
): Promise<Result<void, string>> {
  if (!(await requireTrust())) {
    return failure(vscode.l10n.t('In Restricted Mode nothing is started.'));
  }
  const added = await folder.plans.addThroughTool(source, tasks.titles, tasks.group);
  return added.ok ? success(undefined) : added;
}

async function addToFile(
  { folder }: LocatedGroup,
  path: string,
  { tasks }: FixProposal,
): Promise<Result<void, string>> {
  const uri = vscode.Uri.joinPath(folder.uri, path);
  const places: number[] = [];
  const edited = await applyPlanEdits([
    {
      folder,
      uri,
      path,
      plan: (text) => {
        const planned = addTaskEdits(text, path, tasks);
        if (!planned.ok) {
          return planned;
        }
        places.push(...planned.value.edits.map(({ offset }) => offset));
        return success(planned.value.edits);
      },
    },
  ]);
  if (!edited.ok) {
    return edited;
  }
  await show(uri, places[0] ?? 0);
  return success(undefined);
}

/** Shows the added tasks in the editor, where the user can review, change and undo them. */
async function show(uri: vscode.Uri, offset: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const line = document.positionAt(offset).line + 1;
  const at = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(document, { selection: at });
}

async function showAsText({ tasks }: FixProposal, why: string): Promise<void> {
  const content = `${tasks.titles.map(checklistLine).join('\n')}\n`;
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
  void vscode.window.showWarningMessage(vscode.l10n.t('{0} They are in this text instead.', why));
}

/** Asks for a group whose failed test suite suggests tasks; reports it if there is none. */
async function pickFailedGroup(windowModel: WindowModel): Promise<GroupKey | null> {
  const groups = windowModel.groups().filter(({ run }) => (run?.proposedTasks.length ?? 0) > 0);
  if (groups.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No failing test suite suggests any task.'),
    );
    return null;
  }
  return pickGroup(groups, vscode.l10n.t('Select the group whose fix tasks you want to add'));
}
