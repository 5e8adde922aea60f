import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { keyOf } from '../editor/plan/outlined-plan.ts';
import { outline, viewKey } from '../editor/plan/plan-documents.ts';
import { tasksOf } from '../editor/plan/task-views.ts';

/** The key in views of the task at the cursor of the active editor; `null` if there is none, or not yet in the plan. */
export function taskAtCursor(windowModel: WindowModel): TaskKey | null {
  const editor = vscode.window.activeTextEditor;
  const file = editor === undefined ? null : windowModel.fileOf(editor.document.uri);
  if (editor === undefined || file === null) {
    return null;
  }
  const { folder, path } = file;
  const { document, selection } = editor;
  const found = outline(document.getText(), path)?.taskAt(document.offsetAt(selection.active));
  const key = found === undefined ? null : viewKey(folder, keyOf(found));
  return key !== null && tasksOf(folder).has(key) ? key : null;
}
