import * as vscode from 'vscode';
import { plural } from '../../shared/words/durations.ts';
import type { GroupNode, TaskNode, TreeNode } from './model/nodes.ts';
import { idOf } from './model/nodes.ts';
import { chosenWords, type TaskSelection } from './model/task-selection.ts';
import type { TreeModel } from './model/tree-model.ts';
import { groupItem, headItem, taskItem } from './tree-item.ts';

/** The data that rows are rendered from. */
export interface RowContext {
  readonly model: TreeModel;
  readonly selection: TaskSelection;
  /** Whether the user left a row expanded; `undefined` if they never changed it. */
  readonly isOpen: (node: TreeNode) => boolean | undefined;
  readonly isFiltered: boolean;
}

/** Renders a row of any kind; an empty item if its group or task no longer exists. */
export function rowItem(node: TreeNode, context: RowContext): vscode.TreeItem {
  const item = itemOf(node, context);
  // VS Code keeps the collapsed state by id. Filter results have ids of their own, so that they appear expanded.
  item.id = context.isFiltered ? `${idOf(node)} filtered` : idOf(node);
  return item;
}

function itemOf(node: TreeNode, context: RowContext): vscode.TreeItem {
  switch (node.kind) {
    case 'group':
      return groupRow(node, context);
    case 'task':
      return taskRow(node, context);
    case 'wave': {
      const words = { icon: 'layers', description: childCount(node, 'task', context) };
      return headItem(vscode.l10n.t('Wave {0}', node.wave + 1), 'wave', {
        ...words,
        ...open(node, context),
      });
    }
    case 'subagent': {
      const words = { icon: 'person', description: childCount(node, 'task', context) };
      return headItem(node.key, 'subagent', { ...words, ...open(node, context) });
    }
    case 'source': {
      const description = [formatOf(node, context), childCount(node, 'group', context)]
        .filter((word) => word !== '')
        .join(' · ');
      const words = { icon: 'checklist', description };
      const item = headItem(shortPath(node, context), 'source', {
        ...words,
        ...open(node, context),
      });
      item.tooltip = node.key;
      return item;
    }
    case 'folder': {
      const words = { icon: 'root-folder', description: childCount(node, 'plan', context) };
      return headItem(node.key.slice(0, -1), 'folder', { ...words, ...open(node, context) });
    }
  }
}

function groupRow(
  node: GroupNode,
  { model, selection, isOpen, isFiltered }: RowContext,
): vscode.TreeItem {
  const group = model.group(node.key);
  if (group === undefined) {
    return new vscode.TreeItem('');
  }
  const chosen = selection.chosen(group);
  return groupItem(group, {
    isOpen: isFiltered || chosen !== null ? true : isOpen(node),
    // The parent row already shows the source or folder.
    distinction: model.parentOf(node) === undefined ? model.distinction(node.key) : undefined,
    chosen: chosen === null ? null : chosenWords(group, chosen),
    checked:
      chosen === null
        ? undefined
        : chosen.size > 0 && chosen.size === group.tasks.filter((task) => task.launchable).length,
  });
}

function taskRow(node: TaskNode, { model, selection }: RowContext): vscode.TreeItem {
  const task = model.task(node.group.key, node.key);
  if (task === undefined) {
    return new vscode.TreeItem('');
  }
  const isBelowGroup = model.parentOf(node)?.kind !== 'subagent';
  return taskItem(task, {
    groupKey: node.group.key,
    group: isBelowGroup ? null : groupName(node.group, model),
    checked: selection.isChecked(node.group.key, task),
  });
}

function groupName({ key }: GroupNode, model: TreeModel): string {
  const distinction = model.distinction(key);
  const title = model.group(key)?.title ?? '';
  return distinction === undefined ? title : `${title} (${distinction})`;
}

function childCount(node: TreeNode, noun: string, { model }: RowContext): string {
  return plural(model.childrenOf(node).length, noun);
}

/** The format of a source, which all its groups share. */
function formatOf(node: TreeNode, { model }: RowContext): string {
  const [first] = model.childrenOf(node);
  return first?.kind === 'group' ? (model.group(first.key)?.format ?? '') : '';
}

function open(node: TreeNode, { isOpen, isFiltered }: RowContext): { readonly isOpen: boolean } {
  return { isOpen: isFiltered || (isOpen(node) ?? true) };
}

/** The path of a source, without the folder if the folder is its parent row. */
function shortPath(node: TreeNode, { model }: RowContext): string {
  const parent = model.parentOf(node);
  return parent?.kind === 'folder' ? node.key.slice(parent.key.length) : node.key;
}
