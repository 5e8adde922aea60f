import * as vscode from 'vscode';
import { type GroupKey, isMap, type TaskKey } from '../../shared/ids.ts';
import { COMMANDS } from '../../shared/manifest.ts';
import type { GroupView, TaskView } from '../../shared/view-models/group-views.ts';
import { APPEARANCES, groupAppearance } from './model/appearances.ts';
import { conflictWords } from './model/group-words.ts';
import { groupTooltip } from './tooltip.ts';

/** Characters of a task's row before its description. */
const LONGEST_LABEL = 34;

/** What a task's row depends on beside the task. */
export interface TaskRow {
  readonly groupKey: GroupKey;
  /** The group's title, where the row does not stand below it. */
  readonly group: string | null;
  /** `undefined`: no checkbox. */
  readonly checked: boolean | undefined;
}

/** How a task is drawn in the tree. */
export function taskItem(task: TaskView, { group, groupKey, checked }: TaskRow): vscode.TreeItem {
  const look = APPEARANCES[task.appearance];
  const item = new vscode.TreeItem(shortened(`${task.id} ${task.title}`));
  const detail = group === null ? task.detail : `${group} · ${task.detail}`;
  item.description = detail;
  item.iconPath = new vscode.ThemeIcon(look.icon, new vscode.ThemeColor(look.color));
  item.contextValue = [
    // A unit stands in no plan: nothing of a plan can be done with it.
    isMap(groupKey) ? 'unit' : 'task',
    ...(task.attempts > 0 ? ['launched'] : []),
    ...(task.appearance === 'running' ? ['running'] : []),
    ...(task.attempts > 0 && task.run === null ? ['agent'] : []),
    ...(task.canNudge ? ['nudge'] : []),
    ...(task.canStop ? ['stop'] : []),
    ...(task.asksProof ? ['prove'] : []),
    ...(task.closeProblem === null ? [] : ['unclosed']),
    ...(task.why === null ? [] : ['waiting']),
    // Not an agent that asks: the task has not started.
    ...(task.status === 'pending' && task.appearance === 'needs_you' ? ['asked'] : []),
  ].join(';');
  item.accessibilityInformation = {
    label: `${task.id} ${task.title}, ${look.word}, ${detail}`,
  };
  if (checked === undefined) {
    const command = task.attempts > 0 ? COMMANDS.showTerminal : COMMANDS.openTask;
    item.command = { command, title: vscode.l10n.t('Show'), arguments: [{ task: task.key }] };
  } else {
    setCheckbox(item, checked, `${task.id} ${task.title}`, { group: groupKey, task: task.key });
  }
  return item;
}

/** A long title would push the one fact that matters out of the row; the tooltip has it whole. */
function shortened(label: string): string {
  return label.length <= LONGEST_LABEL ? label : `${label.slice(0, LONGEST_LABEL - 1).trimEnd()}…`;
}

/** What a group's row depends on beside the group. */
export interface GroupRow {
  /** As a person left it; `undefined` where nobody touched it. */
  readonly isOpen: boolean | undefined;
  /** What tells it from another group of its name. */
  readonly name: string | undefined;
  /** How many of its tasks are chosen, in words; `null` where nobody is choosing. */
  readonly chosen: string | null;
  /** `undefined`: no checkbox. */
  readonly checked: boolean | undefined;
}

/** How a group is drawn in the tree. */
export function groupItem(group: GroupView, row: GroupRow): vscode.TreeItem {
  const isOpen = row.isOpen ?? (group.status === 'failed' || group.canStop);
  const item = new vscode.TreeItem(group.title, stateOf(isOpen));
  const look = APPEARANCES[groupAppearance(group)];
  const detail = [row.name, row.chosen, group.detail, conflictWords(group)]
    .filter((words) => typeof words === 'string' && words !== '')
    .join(' · ');
  item.description = detail;
  item.iconPath = new vscode.ThemeIcon(look.icon, new vscode.ThemeColor(look.color));
  item.tooltip = groupTooltip(group);
  item.contextValue = [
    'group',
    ...(group.canRun ? [row.chosen === null ? 'run' : 'runChosen'] : []),
    ...(row.chosen === null ? [] : ['choosing']),
    ...(group.canStop ? ['stop'] : []),
    ...(group.canRetry ? ['retry'] : []),
    ...(group.run?.holder === 'nobody' && group.run.state !== 'ended' ? ['resume'] : []),
    ...(group.run?.state === 'ended' ? ['ended'] : []),
    ...((group.run?.proposedTasks.length ?? 0) > 0 ? ['proposes'] : []),
  ].join(';');
  item.accessibilityInformation = { label: `${group.title}, group, ${look.word}, ${detail}` };
  if (row.checked !== undefined) {
    setCheckbox(item, row.checked, `all tasks of ${group.title}`, { group: group.key });
  }
  return item;
}

/** How a row above others is drawn; `kind`: what it is, for screen readers. */
export function headItem(
  label: string,
  kind: string,
  { icon, description, isOpen }: { icon: string; description: string; isOpen: boolean },
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, stateOf(isOpen));
  item.iconPath = new vscode.ThemeIcon(icon);
  item.description = description;
  item.contextValue = kind;
  item.accessibilityInformation = { label: `${label}, ${kind}, ${description}` };
  return item;
}

function stateOf(isOpen: boolean): vscode.TreeItemCollapsibleState {
  return isOpen
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

/** Trees have no key for checkboxes: the row's own command, by Enter, Space and click, does what a click on its box does. */
function setCheckbox(
  item: vscode.TreeItem,
  checked: boolean,
  what: string,
  target: { readonly group: GroupKey; readonly task?: TaskKey },
): void {
  item.command = {
    command: COMMANDS.toggleChosen,
    title: vscode.l10n.t('Choose'),
    arguments: [target],
  };
  item.checkboxState = {
    state: checked ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
    tooltip: checked ? vscode.l10n.t('Leave out {0}', what) : vscode.l10n.t('Run {0}', what),
    accessibilityInformation: { label: vscode.l10n.t('Run {0}', what), role: 'checkbox' },
  };
}
