import * as vscode from 'vscode';
import type { Session } from '../host/session.ts';
import type { Disposable } from '../shared/disposable.ts';
import type { GroupKey } from '../shared/ids.ts';
import type { GroupsTree } from './groups-tree.ts';
import type { TreeNode } from './tree-item.ts';

/** The view around the tree: the badge with the number of running tasks, and a message where one is due. */
export function describeView(
  view: vscode.TreeView<TreeNode>,
  tree: GroupsTree,
  session: Session,
): Disposable {
  const opened = new Set<GroupKey>();
  const update = (): void => {
    unfoldRunning(view, tree, session, opened);
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

/** A group that begins to run is unfolded, once: what a person folds again stays folded. */
function unfoldRunning(
  view: vscode.TreeView<TreeNode>,
  tree: GroupsTree,
  session: Session,
  opened: Set<GroupKey>,
): void {
  for (const { key, canStop } of session.groups()) {
    if (!canStop) {
      opened.delete(key);
    } else if (!opened.has(key) && view.visible) {
      opened.add(key);
      const unfolded = view.reveal(tree.nodeOf(key), { expand: true, select: false });
      // The view may be just closing.
      unfolded.then(undefined, () => undefined);
    }
  }
}

function messageFor(session: Session): string {
  if (session.state === 'error') {
    return session.error;
  }
  return session.state === 'ready' && !vscode.workspace.isTrusted
    ? 'This folder is in Restricted Mode: plans are shown, nothing runs.'
    : '';
}
