import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { keyOf } from '../editor/plan/outlined-plan.ts';
import { outline, viewKey } from '../editor/plan/plan-documents.ts';
import { tasksOf } from '../editor/plan/task-views.ts';

/** The task of a view around the cursor of the active editor; `null` where there is none, or the plan does not know it yet. */
export function taskAtCursor(session: WindowModel): TaskKey | null {
  const editor = vscode.window.activeTextEditor;
  const file = editor === undefined ? null : session.fileOf(editor.document.uri);
  if (editor === undefined || file === null) {
    return null;
  }
  const { folder, path } = file;
  const { document, selection } = editor;
  const found = outline(document.getText(), path)?.taskAt(document.offsetAt(selection.active));
  const key = found === undefined ? null : viewKey(folder, keyOf(found));
  return key !== null && tasksOf(folder).has(key) ? key : null;
}
