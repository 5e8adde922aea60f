import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { WriteStatus } from '../../engine/contract/ports.ts';
import { failure, success } from '../../shared/result.ts';
import { SerialQueue } from '../../shared/serial-queue.ts';
import { sha256Hex } from '../../system/hash.ts';
import type { PlanStore } from '../../tasks/plans/plan-store.ts';
import { planStatusEdit } from '../../tasks/read/formats.ts';
import { recordStatus } from '../../tasks/write/record-status.ts';

/**
 * Closes tasks in their plan files. Edits a file that is open in an editor there, so that undo and the editor's state
 * stay intact. Does not save a file that has unsaved changes: saving those is the user's decision.
 */
export function statusWriter(workspaceRoot: string, plans: PlanStore): WriteStatus {
  const write = writerOf(workspaceRoot, plans);
  // Sequential, because between the edit and its save a file looks as if a person had changed it.
  const queue = new SerialQueue();
  return (task, status) => queue.run(() => write(task, status));
}

function writerOf(workspaceRoot: string, plans: PlanStore): WriteStatus {
  return async (task, status) => {
    const file = plans.fileOf(task);
    const uri = vscode.Uri.file(join(workspaceRoot, file ?? ''));
    const open = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === uri.toString() && !document.isClosed,
    );
    const closes = status === 'completed' || status === 'failed';
    if (file !== null && open !== undefined && closes) {
      return writeInEditor(open, { file, task, status, plans });
    }
    return recordStatus(plans, task, status);
  };
}

interface EditorWrite {
  /** Relative to the workspace. */
  readonly file: string;
  readonly task: Parameters<WriteStatus>[0];
  readonly status: 'completed' | 'failed';
  readonly plans: PlanStore;
}

const writeInEditor = async (
  document: vscode.TextDocument,
  { file, task, status, plans }: EditorWrite,
): ReturnType<WriteStatus> => {
  const planned = planStatusEdit(document.getText(), file, task, status);
  if (!planned.ok) {
    return failure(planned.failure.message);
  }
  if (planned.value === 'unchanged') {
    // An earlier call marked the task but could not save the file.
    return status === 'completed' && document.isDirty ? failure(unsaved(file)) : success(undefined);
  }
  const wasDirty = document.isDirty;
  const { offset, length, text } = planned.value;
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, text);
  if (!(await vscode.workspace.applyEdit(edit))) {
    return failure(vscode.l10n.t('{0} could not be edited. Mark the task by hand.', file));
  }
  if (wasDirty) {
    return failure(unsaved(file));
  }
  if (!(await document.save())) {
    return failure(vscode.l10n.t('{0} could not be saved. Save it to close the task.', file));
  }
  // Refreshes now, because until the watcher reports the change the task would look open again.
  plans.noteWrite(file, sha256Hex(await readFile(document.uri.fsPath)));
  await plans.refresh(file);
  return success(undefined);
};

function unsaved(file: string): string {
  return vscode.l10n.t(
    '{0} has unsaved changes: the task is marked there, save the file to close it.',
    file,
  );
}
