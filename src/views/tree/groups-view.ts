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

/** The dependencies of the view around the tree. */
export interface GroupsViewDeps {
  readonly view: vscode.TreeView<TreeNode>;
  readonly tree: GroupsTree;
  readonly windowModel: WindowModel;
  readonly expansion: ExpansionState;
  readonly options: TreeOptions;
}

/** Keeps badge (number of running tasks) and message of the view up to date; also expands groups that start to run. */
export function describeView(deps: GroupsViewDeps): Disposable {
  const { view, windowModel, tree } = deps;
  const expanded = new Set<GroupKey>();
  const since = Date.now();
  const update = (): void => {
    expandRunning(deps, expanded, since);
    const running = windowModel
      .groups()
      .filter(({ canStop }) => canStop)
      .reduce((sum, { counts }) => sum + counts.running, 0);
    // VS Code redraws a badge even if it is the same.
    if (view.badge?.value !== (running === 0 ? undefined : running)) {
      view.badge =
        running === 0 ? undefined : { value: running, tooltip: plural(running, 'running task') };
    }
    updateMessage(deps);
  };
  update();
  const subscriptions = [
    windowModel.onChange(() => {
      update();
      if (windowModel.state === 'error') {
        void vscode.window.showErrorMessage(
          vscode.l10n.t('Parallel Groups: {0}', windowModel.error),
        );
      }
    }),
    // The number of hidden tasks is known once the tree is arranged.
    tree.onDidChangeTreeData(() => {
      updateMessage(deps);
    }),
  ];
  return {
    dispose: () => {
      disposeAll(subscriptions);
    },
  };
}

function updateMessage(deps: GroupsViewDeps): void {
  const message = messageFor(deps);
  if ((deps.view.message ?? '') !== message) {
    deps.view.message = message;
  }
}

/** Expands each group that starts to run, once: if the user collapses it again, it stays collapsed. */
function expandRunning(deps: GroupsViewDeps, expanded: Set<GroupKey>, since: number): void {
  const { view, tree, windowModel, expansion } = deps;
  for (const group of windowModel.groups()) {
    const { key, canStop } = group;
    const node = tree.nodeOf(key);
    if (!canStop) {
      expanded.delete(key);
    } else if (!expanded.has(key) && view.visible && tree.shows(node)) {
      expanded.add(key);
      if (!isKnown(group, expansion.isOpen(node), since)) {
        const revealed = view.reveal(node, { expand: true, select: false });
        // The view may be closing at this moment.
        revealed.then(undefined, () => undefined);
      }
    }
  }
}

/** Whether the user already saw the run in an earlier window and left the group expanded or collapsed. */
function isKnown({ run }: GroupView, isOpen: boolean | undefined, since: number): boolean {
  return run !== null && run.startedAt < since && isOpen !== undefined;
}

/** The message of the view; empty unless ready, because a message hides the welcome content with its instructions. */
function messageFor({ windowModel, options, tree }: GroupsViewDeps): string {
  if (windowModel.state !== 'ready') {
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
