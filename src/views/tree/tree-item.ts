import * as vscode from 'vscode';
import { COMMANDS } from '../../shared/manifest.ts';
import type { GroupView, TaskView } from '../../shared/views.ts';
import { groupAppearance, LOOKS } from './model/looks.ts';
import { groupTooltip } from './tooltip.ts';

/** Characters of a task's row before its description. */
const LONGEST_LABEL = 34;

/** How a task is drawn in the tree. */
export function taskItem(task: TaskView, group: GroupView): vscode.TreeItem {
  const look = LOOKS[task.appearance];
  const item = new vscode.TreeItem(shortened(`${task.id} ${task.title}`));
  item.id = `${group.key}/${task.key}`;
  item.description = task.detail;
  item.iconPath = new vscode.ThemeIcon(look.icon, new vscode.ThemeColor(look.color));
  item.contextValue = [
    'task',
    ...(task.attempts > 0 ? ['launched'] : []),
    ...(task.appearance === 'running' ? ['running'] : []),
  ].join(';');
  item.accessibilityInformation = {
    label: `${task.id} ${task.title}, ${look.word}, ${task.detail}`,
  };
  item.command = {
    command: task.attempts > 0 ? COMMANDS.showTerminal : COMMANDS.openTask,
    title: 'Show',
    arguments: [{ task: task.key }],
  };
  return item;
}

/** A long title would push the one fact that matters out of the row; the tooltip has it whole. */
function shortened(label: string): string {
  return label.length <= LONGEST_LABEL ? label : `${label.slice(0, LONGEST_LABEL - 1).trimEnd()}…`;
}

/** How a group is drawn in the tree. `isOpen`: as a person left it, `undefined` where nobody touched it. */
export function groupItem(group: GroupView, isOpen: boolean | undefined): vscode.TreeItem {
  const state =
    (isOpen ?? (group.status === 'failed' || group.canStop))
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed;
  const item = new vscode.TreeItem(group.title, state);
  const look = LOOKS[groupAppearance(group)];
  item.id = group.key;
  item.description = group.detail;
  item.iconPath = new vscode.ThemeIcon(look.icon, new vscode.ThemeColor(look.color));
  item.tooltip = groupTooltip(group);
  item.contextValue = [
    'group',
    ...(group.canRun ? ['run'] : []),
    ...(group.canStop ? ['stop'] : []),
    ...(group.canRetry ? ['retry'] : []),
    ...(group.run?.holder === 'nobody' && group.run.state !== 'ended' ? ['resume'] : []),
  ].join(';');
  item.accessibilityInformation = { label: `${group.title}, group, ${look.word}, ${group.detail}` };
  return item;
}
