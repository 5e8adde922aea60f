import * as vscode from 'vscode';
import type { Session } from '../../host/session.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { GroupKey } from '../../shared/ids.ts';
import type { GroupView } from '../../shared/views.ts';
import type { Folding } from './folding.ts';
import type { GroupsTree } from './groups-tree.ts';
import type { TreeNode } from './model/nodes.ts';

/** The view around the tree: the badge with the number of running tasks, and a message where one is due. */
export function describeView(
  view: vscode.TreeView<TreeNode>,
  tree: GroupsTree,
  session: Session,
  folding: Folding,
): Disposable {
  const opened = new Set<GroupKey>();
  const since = Date.now();
  const update = (): void => {
    const leave = (group: GroupView): boolean => isKnown(group, folding, since);
    unfoldRunning(view, tree, session, { opened, leave });
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
  return session.onChange(() => {
    update();
    if (session.state === 'error') {
      void vscode.window.showErrorMessage(`Parallel Groups: ${session.error}`);
    }
  });
}

/** A group that begins to run is unfolded, once: what a person folds again stays folded. */
function unfoldRunning(
  view: vscode.TreeView<TreeNode>,
  tree: GroupsTree,
  session: Session,
  { opened, leave }: { opened: Set<GroupKey>; leave: (group: GroupView) => boolean },
): void {
  for (const group of session.groups()) {
    const { key, canStop } = group;
    if (!canStop) {
      opened.delete(key);
    } else if (!opened.has(key) && view.visible) {
      opened.add(key);
      if (!leave(group)) {
        const unfolded = view.reveal(tree.nodeOf(key), { expand: true, select: false });
        // The view may be just closing.
        unfolded.then(undefined, () => undefined);
      }
    }
  }
}

/** A run that began before this window did finds the group as the person left it. */
function isKnown({ key, run }: GroupView, folding: Folding, since: number): boolean {
  return run !== null && run.startedAt < since && folding.isOpen(key) !== undefined;
}

/** A message takes the place of the welcome content, which says what to do; so there is none where that is needed. */
function messageFor(session: Session): string {
  return session.state === 'ready' && !vscode.workspace.isTrusted
    ? 'This folder is in Restricted Mode: plans are shown, nothing runs.'
    : '';
}
