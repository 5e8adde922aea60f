import * as vscode from 'vscode';
import { plural } from '../../shared/words/durations.ts';
import type { GroupNode, TaskNode, TreeNode } from './model/nodes.ts';
import { idOf } from './model/nodes.ts';
import { formatName } from './model/source-names.ts';
import { chosenWords, type TaskSelection } from './model/task-selection.ts';
import type { TreeModel } from './model/tree-model.ts';
import { groupItem, headItem, taskItem } from './tree-item.ts';

/** What rows are drawn from. */
export interface Drawing {
  readonly model: TreeModel;
  readonly choosing: TaskSelection;
  /** As a person left it; `undefined` where nobody touched it. */
  readonly isOpen: (node: TreeNode) => boolean | undefined;
  readonly isFiltered: boolean;
}

/** Draws a row of any kind; an empty one for what is gone by now. */
export function rowItem(node: TreeNode, drawing: Drawing): vscode.TreeItem {
  const item = itemOf(node, drawing);
  // VS Code keeps folded what it knows: what a filter found has to be there at once, as rows of their own.
  item.id = drawing.isFiltered ? `${idOf(node)} filtered` : idOf(node);
  return item;
}

function itemOf(node: TreeNode, drawing: Drawing): vscode.TreeItem {
  switch (node.kind) {
    case 'group':
      return groupRow(node, drawing);
    case 'task':
      return taskRow(node, drawing);
    case 'wave': {
      const words = { icon: 'layers', description: below(node, 'task', drawing) };
      return headItem(vscode.l10n.t('Wave {0}', node.wave + 1), 'wave', {
        ...words,
        ...open(node, drawing),
      });
    }
    case 'subagent': {
      const words = { icon: 'person', description: below(node, 'task', drawing) };
      return headItem(node.key, 'subagent', { ...words, ...open(node, drawing) });
    }
    case 'source': {
      const description = `${formatName(node.key)} · ${below(node, 'group', drawing)}`;
      const words = { icon: 'checklist', description };
      const item = headItem(shortPath(node, drawing), 'source', {
        ...words,
        ...open(node, drawing),
      });
      item.tooltip = node.key;
      return item;
    }
    case 'folder': {
      const words = { icon: 'root-folder', description: below(node, 'plan', drawing) };
      return headItem(node.key.slice(0, -1), 'folder', { ...words, ...open(node, drawing) });
    }
  }
}

function groupRow(
  node: GroupNode,
  { model, choosing, isOpen, isFiltered }: Drawing,
): vscode.TreeItem {
  const group = model.group(node.key);
  if (group === undefined) {
    return new vscode.TreeItem('');
  }
  const chosen = choosing.chosen(group);
  return groupItem(group, {
    isOpen: isFiltered || chosen !== null ? true : isOpen(node),
    // Below its source or its folder, that row says it already.
    name: model.parentOf(node) === undefined ? model.nameBeside(node.key) : undefined,
    chosen: chosen === null ? null : chosenWords(group, chosen),
    checked:
      chosen === null
        ? undefined
        : chosen.size > 0 && chosen.size === group.tasks.filter((task) => task.launchable).length,
  });
}

function taskRow(node: TaskNode, { model, choosing }: Drawing): vscode.TreeItem {
  const task = model.task(node.group.key, node.key);
  if (task === undefined) {
    return new vscode.TreeItem('');
  }
  const isBelowGroup = model.parentOf(node)?.kind !== 'subagent';
  return taskItem(task, {
    groupKey: node.group.key,
    group: isBelowGroup ? null : groupName(node.group, model),
    checked: choosing.isChecked(node.group.key, task),
  });
}

function groupName({ key }: GroupNode, model: TreeModel): string {
  const name = model.nameBeside(key);
  const title = model.group(key)?.title ?? '';
  return name === undefined ? title : `${title} (${name})`;
}

function below(node: TreeNode, noun: string, { model }: Drawing): string {
  return plural(model.childrenOf(node).length, noun);
}

function open(node: TreeNode, { isOpen, isFiltered }: Drawing): { readonly isOpen: boolean } {
  return { isOpen: isFiltered || (isOpen(node) ?? true) };
}

/** Below its folder, a path need not begin with it. */
function shortPath(node: TreeNode, { model }: Drawing): string {
  const parent = model.parentOf(node);
  return parent?.kind === 'folder' ? node.key.slice(parent.key.length) : node.key;
}
