import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { WriteStatus } from '../engine/ports.ts';
import { failure, success } from '../shared/result.ts';
import { sha256Hex } from '../system/hash.ts';
import { planStatusEdit } from '../tasks/formats.ts';
import type { PlanStore } from '../tasks/plan-store.ts';
import { writeTaskStatus } from '../tasks/write-status.ts';

/**
 * Closes tasks in their plan files. A file that is open in an editor is edited there, so that undo and the editor's view
 * of it stay whole; one with unsaved changes is edited but not saved: saving those is the person's decision.
 */
export function statusWriter(workspaceRoot: string, plans: PlanStore): WriteStatus {
  const write = writerOf(workspaceRoot, plans);
  let last: Promise<unknown> = Promise.resolve();
  return (task, status) => {
    // One after another: between the edit and its save, a file looks as if a person had changed it.
    const mine = last.then(() => write(task, status));
    last = mine.catch(() => undefined);
    return mine;
  };
}

function writerOf(workspaceRoot: string, plans: PlanStore): WriteStatus {
  return async (task, status) => {
    const uri = vscode.Uri.file(join(workspaceRoot, task.source));
    const open = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === uri.toString() && !document.isClosed,
    );
    if (open !== undefined) {
      return writeInEditor(open, task, status, plans);
    }
    const written = await writeTaskStatus({ workspaceRoot, task, status });
    if (!written.ok) {
      return failure(written.failure.message);
    }
    await plans.takeOwnWrite(task.source, written.value.hash);
    return success(undefined);
  };
}

const writeInEditor = async (
  document: vscode.TextDocument,
  task: Parameters<WriteStatus>[0],
  status: Parameters<WriteStatus>[1],
  plans: PlanStore,
): ReturnType<WriteStatus> => {
  const planned = planStatusEdit(document.getText(), task, status);
  if (!planned.ok) {
    return failure(planned.failure.message);
  }
  if (planned.value === 'unchanged') {
    return success(undefined);
  }
  const wasDirty = document.isDirty;
  const { offset, length, text } = planned.value;
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, text);
  if (!(await vscode.workspace.applyEdit(edit))) {
    return failure(`${task.source} could not be edited. Mark the task by hand.`);
  }
  if (wasDirty) {
    return failure(
      `${task.source} has unsaved changes: the task is marked there, save the file to close it.`,
    );
  }
  if (!(await document.save())) {
    return failure(`${task.source} could not be saved. Save it to close the task.`);
  }
  // The watcher would tell later, and until then the task would look open again.
  plans.noteWrite(task.source, sha256Hex(await readFile(document.uri.fsPath)));
  await plans.refresh(task.source);
  return success(undefined);
};
