import * as vscode from 'vscode';
import type { Folder } from '../../../host/window/folder.ts';
import { failure, type Result, success } from '../../../shared/result.ts';
import type { PlanEdits } from '../../../tasks/plan-edits.ts';

/** The edit of one plan file. */
export interface PlanFileEdit {
  readonly folder: Folder;
  readonly uri: vscode.Uri;
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** Computes the edits from the file's text at the time of the edit. */
  readonly plan: (text: string) => PlanEdits;
}

/**
 * Edits plan files in their editors, all in one step that the user can undo. Saves every file, including those without
 * an editor, except those that had unsaved changes before. If one file refuses its edit, none is edited. The failure is
 * a sentence.
 */
export async function applyPlanEdits(
  files: readonly PlanFileEdit[],
): Promise<Result<'changed' | 'unchanged', string>> {
  const opened = await Promise.all(
    files.map(async (file) => ({
      file,
      document: await vscode.workspace.openTextDocument(file.uri),
    })),
  );
  const edit = new vscode.WorkspaceEdit();
  const changed: (typeof opened)[number][] = [];
  for (const each of opened) {
    const planned = each.file.plan(each.document.getText());
    if (!planned.ok) {
      return failure(planned.failure.message);
    }
    for (const { offset, length, text } of planned.value) {
      edit.replace(each.file.uri, rangeAt(each.document, offset, length), text);
    }
    if (planned.value.length > 0) {
      changed.push(each);
    }
  }
  if (changed.length === 0) {
    return success('unchanged');
  }
  const toSave = changed.filter(({ document }) => !document.isDirty);
  if (!(await vscode.workspace.applyEdit(edit))) {
    return failure(vscode.l10n.t('The plan could not be edited. Is it read-only?'));
  }
  return save(toSave);
}

async function save(
  edited: readonly { readonly file: PlanFileEdit; readonly document: vscode.TextDocument }[],
): Promise<Result<'changed', string>> {
  for (const { file, document } of edited) {
    if (!(await document.save())) {
      return failure(
        vscode.l10n.t('{0} was edited but could not be saved. Save it yourself.', file.path),
      );
    }
    // The file watcher reports the change later; until then views would show the old plan.
    await file.folder.plans.refresh(file.path);
  }
  return success('changed');
}

function rangeAt(document: vscode.TextDocument, offset: number, length: number): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}
