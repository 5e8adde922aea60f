import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import type { GroupKey } from '../../shared/ids.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { plural } from '../../shared/words/durations.ts';
import type { ExpansionState } from './expansion-state.ts';
import type { GroupsTree } from './groups-tree.ts';
import type { TreeNode } from './model/nodes.ts';
import type { TreeOptions } from './tree-options.ts';

/** What the view around the tree is drawn from. */
export interface GroupsViewDeps {
  readonly view: vscode.TreeView<TreeNode>;
  readonly tree: GroupsTree;
  readonly session: WindowModel;
  readonly folding: ExpansionState;
  readonly options: TreeOptions;
}

/** The view around the tree: the badge with the number of running tasks, and a message where one is due. */
export function describeView(around: GroupsViewDeps): Disposable {
  const { view, session, tree } = around;
  const opened = new Set<GroupKey>();
  const since = Date.now();
  const update = (): void => {
    unfoldRunning(around, opened, since);
    const running = session
      .groups()
      .filter(({ canStop }) => canStop)
      .reduce((sum, { counts }) => sum + counts.running, 0);
    // VS Code draws a badge anew even if it is the same one.
    if (view.badge?.value !== (running === 0 ? undefined : running)) {
      view.badge =
        running === 0 ? undefined : { value: running, tooltip: plural(running, 'running task') };
    }
    tell(around);
  };
  update();
  const subscriptions = [
    session.onChange(() => {
      update();
      if (session.state === 'error') {
        void vscode.window.showErrorMessage(vscode.l10n.t('Parallel Groups: {0}', session.error));
      }
    }),
    // What is hidden is counted when the tree is arranged.
    tree.onDidChangeTreeData(() => {
      tell(around);
    }),
  ];
  return {
    dispose: () => {
      disposeAll(subscriptions);
    },
  };
}

function tell(around: GroupsViewDeps): void {
  const message = messageFor(around);
  if ((around.view.message ?? '') !== message) {
    around.view.message = message;
  }
}

/** A group that begins to run is unfolded, once: what a person folds again stays folded. */
function unfoldRunning(around: GroupsViewDeps, opened: Set<GroupKey>, since: number): void {
  const { view, tree, session, folding } = around;
  for (const group of session.groups()) {
    const { key, canStop } = group;
    const node = tree.nodeOf(key);
    if (!canStop) {
      opened.delete(key);
    } else if (!opened.has(key) && view.visible && tree.shows(node)) {
      opened.add(key);
      if (!isKnown(group, folding.isOpen(node), since)) {
        const unfolded = view.reveal(node, { expand: true, select: false });
        // The view may be just closing.
        unfolded.then(undefined, () => undefined);
      }
    }
  }
}

/** A run that began before this window did finds the group as the person left it. */
function isKnown({ run }: GroupView, isOpen: boolean | undefined, since: number): boolean {
  return run !== null && run.startedAt < since && isOpen !== undefined;
}

/** A message takes the place of the welcome content, which says what to do; so there is none where that is needed. */
function messageFor({ session, options, tree }: GroupsViewDeps): string {
  if (session.state !== 'ready') {
    return '';
  }
  const restricted = vscode.l10n.t(
    'This folder is in Restricted Mode: plans are shown, nothing runs.',
  );
  const lines = [
    ...(vscode.workspace.isTrusted ? [] : [restricted]),
    ...(options.layout.filter === null ? [] : [filtered(options.filterText, tree.counts)]),
  ];
  return lines.join(' ');
}

function filtered(text: string, { shown, total }: GroupsTree['counts']): string {
  const hidden = total - shown;
  return shown === 0
    ? vscode.l10n.t(
        'No task matches “{0}”. {1} hidden.',
        text,
        hidden === 1 ? 'The one task is' : `All ${hidden} tasks are`,
      )
    : vscode.l10n.t(
        'Filtered by “{0}”: {1} of {2}, {3} hidden.',
        text,
        shown,
        plural(total, 'task'),
        hidden,
      );
}
