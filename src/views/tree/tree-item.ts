import * as vscode from 'vscode';
import { type GroupKey, isMap, type TaskKey } from '../../shared/ids.ts';
import { COMMANDS } from '../../shared/manifest.ts';
import type { GroupView, TaskView } from '../../shared/view-models/group-views.ts';
import { shortened } from '../../shared/words/text.ts';
import { APPEARANCES, groupAppearance } from './model/appearances.ts';
import { conflictWords } from './model/group-words.ts';
import { groupTooltip } from './tooltip.ts';

/** Longest label of a task's row, characters. */
const LONGEST_LABEL = 34;

/** The facts that a task's row shows in addition to the task. */
export interface TaskRow {
  readonly groupKey: GroupKey;
  /** The group's title; `null` if the row is below its group. */
  readonly group: string | null;
  /** `undefined` for a row without a checkbox. */
  readonly checked: boolean | undefined;
}

/** Renders the row of a task. */
export function taskItem(task: TaskView, { group, groupKey, checked }: TaskRow): vscode.TreeItem {
  const appearance = APPEARANCES[task.appearance];
  const item = new vscode.TreeItem(shortened(`${task.id} ${task.title}`, LONGEST_LABEL));
  const detail = group === null ? task.detail : `${group} · ${task.detail}`;
  item.description = detail;
  item.iconPath = new vscode.ThemeIcon(appearance.icon, new vscode.ThemeColor(appearance.color));
  item.contextValue = [
    // A unit of a map is in no plan, so commands on plans do not apply to it.
    isMap(groupKey) ? 'unit' : 'task',
    ...(task.attempts > 0 ? ['launched'] : []),
    ...(task.appearance === 'running' ? ['running'] : []),
    ...(task.attempts > 0 && task.run === null ? ['agent'] : []),
    ...(task.canNudge ? ['nudge'] : []),
    ...(task.canStop ? ['stop'] : []),
    ...(task.asksProof ? ['prove'] : []),
    ...(task.closeProblem === null ? [] : ['unclosed']),
    ...(task.why === null ? [] : ['waiting']),
    // The task waits for approval to start; it is not its agent that needs an answer.
    ...(task.status === 'pending' && task.appearance === 'needs_you' ? ['asked'] : []),
  ].join(';');
  item.accessibilityInformation = {
    label: `${task.id} ${task.title}, ${appearance.word}, ${detail}`,
  };
  if (checked === undefined) {
    const command = task.attempts > 0 ? COMMANDS.showTerminal : COMMANDS.openTask;
    item.command = { command, title: vscode.l10n.t('Show'), arguments: [{ task: task.key }] };
  } else {
    setCheckbox(item, checked, `${task.id} ${task.title}`, { group: groupKey, task: task.key });
  }
  return item;
}

/** The facts that a group's row shows in addition to the group. */
export interface GroupRow {
  /** Whether the user left the row expanded; `undefined` if they never changed it. */
  readonly isOpen: boolean | undefined;
  /** The words that distinguish it from another group with its name. */
  readonly distinction: string | undefined;
  /** The number of chosen tasks, in words; `null` if the group has no checkboxes. */
  readonly chosen: string | null;
  /** `undefined` for a row without a checkbox. */
  readonly checked: boolean | undefined;
}

/** Renders the row of a group. */
export function groupItem(group: GroupView, row: GroupRow): vscode.TreeItem {
  const isOpen = row.isOpen ?? (group.status === 'failed' || group.canStop);
  const item = new vscode.TreeItem(group.title, stateOf(isOpen));
  const appearance = APPEARANCES[groupAppearance(group)];
  const detail = [row.distinction, row.chosen, group.detail, conflictWords(group)]
    .filter((words) => typeof words === 'string' && words !== '')
    .join(' · ');
  item.description = detail;
  item.iconPath = new vscode.ThemeIcon(appearance.icon, new vscode.ThemeColor(appearance.color));
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
  item.accessibilityInformation = { label: `${group.title}, group, ${appearance.word}, ${detail}` };
  if (row.checked !== undefined) {
    setCheckbox(item, row.checked, `all tasks of ${group.title}`, { group: group.key });
  }
  return item;
}

/** Renders the row of a folder, source, subagent or wave. `kind`: its name for screen readers. */
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

/** Sets the checkbox of a row. Trees have no key for it, so the row's command (Enter, Space, click) toggles it too. */
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
