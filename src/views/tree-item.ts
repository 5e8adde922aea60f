import * as vscode from 'vscode';
import { COMMANDS } from '../shared/manifest.ts';
import type { GroupKey, TaskKey } from '../shared/ids.ts';
import type { GroupView, TaskAppearance, TaskView } from '../shared/views.ts';
import { groupTooltip } from './tooltip.ts';

/** A row of the groups tree. Elements are kept, so that VS Code knows a row again when it changed. */
export type TreeNode = GroupNode | TaskNode;
export interface GroupNode {
  readonly kind: 'group';
  readonly key: GroupKey;
}
export interface TaskNode {
  readonly kind: 'task';
  readonly key: TaskKey;
  readonly group: GroupNode;
}

interface Look {
  readonly icon: string;
  readonly color: string;
  /** For screen readers. */
  readonly word: string;
}

/** Icon, colour and word of everything that a task can look like. */
export const LOOKS: Readonly<Record<TaskAppearance, Look>> = {
  pending: { icon: 'circle-large-outline', color: 'testing.iconUnset', word: 'pending' },
  waiting: { icon: 'circle-large-outline', color: 'testing.iconUnset', word: 'waiting' },
  queued: { icon: 'circle-large-outline', color: 'testing.iconQueued', word: 'queued' },
  blocked: { icon: 'circle-slash', color: 'testing.iconSkipped', word: 'blocked' },
  running: { icon: 'loading~spin', color: 'charts.blue', word: 'running' },
  needs_you: { icon: 'bell-dot', color: 'charts.yellow', word: 'needs you' },
  throttled: { icon: 'watch', color: 'charts.orange', word: 'throttled' },
  backing_off: { icon: 'watch', color: 'charts.orange', word: 'waiting to try again' },
  stopping: { icon: 'loading~spin', color: 'charts.orange', word: 'stopping' },
  completed: { icon: 'pass-filled', color: 'testing.iconPassed', word: 'completed' },
  proven: { icon: 'pass', color: 'charts.yellow', word: 'proven, not yet closed' },
  failed: { icon: 'error', color: 'testing.iconFailed', word: 'failed' },
  cancelled: { icon: 'stop-circle', color: 'disabledForeground', word: 'cancelled' },
};

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

/** A group looks like the task that its status is named for. */
export function groupAppearance(group: GroupView): TaskAppearance {
  if (group.run?.state === 'stopping') {
    return 'stopping';
  }
  if (group.tasks.some(({ appearance }) => appearance === 'needs_you')) {
    return 'needs_you';
  }
  return group.status === 'in_progress' ? 'running' : group.status;
}
