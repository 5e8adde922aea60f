import * as vscode from 'vscode';
import type { Session } from '../host/session.ts';
import type { Disposable } from '../shared/disposable.ts';
import type { TreeNode } from './tree-item.ts';

/** The view around the tree: the badge with the number of running tasks, and a message where one is due. */
export function describeView(view: vscode.TreeView<TreeNode>, session: Session): Disposable {
  const update = (): void => {
    const running = session
      .groups()
      .filter(({ canStop }) => canStop)
      .reduce((sum, { counts }) => sum + counts.running, 0);
    // VS Code draws a badge anew even if it is the same one.
    if (view.badge?.value !== (running === 0 ? undefined : running)) {
      view.badge =
        running === 0
          ? undefined
          : {
              value: running,
              tooltip: `${String(running)} running ${running === 1 ? 'task' : 'tasks'}`,
            };
    }
    const message = messageFor(session);
    if ((view.message ?? '') !== message) {
      view.message = message;
    }
  };
  update();
  return session.onChange(update);
}

function messageFor(session: Session): string {
  if (session.state === 'error') {
    return session.error;
  }
  return session.state === 'ready' && !vscode.workspace.isTrusted
    ? 'This folder is in Restricted Mode: plans are shown, nothing runs.'
    : '';
}
