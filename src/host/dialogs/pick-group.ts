import * as vscode from 'vscode';
import type { GroupKey } from '../../shared/ids.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';

/** Asks the user for one of the groups; `null` if the user cancels. */
export async function pickGroup(
  groups: readonly GroupView[],
  placeHolder: string,
): Promise<GroupKey | null> {
  const picks = groups.map(({ key, title, detail, source }) => ({
    key,
    label: title,
    description: detail,
    detail: source,
  }));
  return (await vscode.window.showQuickPick(picks, { placeHolder }))?.key ?? null;
}
