import * as vscode from 'vscode';
import { reasonOf, refusedWords } from '../../coordinator/projections/given-up.ts';
import { COMMANDS } from '../../shared/manifest.ts';
import type { TaskView } from '../../shared/view-models/group-views.ts';
import { describeAgo } from '../../shared/words/durations.ts';
import type { DeadLetterNode, GivenUpNode, RefusedNode } from './given-up-nodes.ts';

/** Renders a row. `task`: the current view model of its task. `now`: ms since the epoch. */
export function givenUpItem(
  node: GivenUpNode,
  task: TaskView | undefined,
  now: number,
): vscode.TreeItem {
  return node.kind === 'refused' ? refusedItem(node, now) : deadLetterItem(node, task, now);
}

function deadLetterItem(
  node: DeadLetterNode,
  task: TaskView | undefined,
  now: number,
): vscode.TreeItem {
  const { deadLetter: deadLetter } = node.of;
  const { id, title } = deadLetter.task;
  const isRunning = task?.status === 'in_progress';
  const item = new vscode.TreeItem(`${id} ${title}`);
  item.id = node.key;
  item.description = isRunning
    ? 'is tried again'
    : `${reasonOf(deadLetter)} · ${describeAgo(now - deadLetter.at)}`;
  item.iconPath = isRunning
    ? new vscode.ThemeIcon('sync', new vscode.ThemeColor('charts.blue'))
    : new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
  item.contextValue = ['task', ...(deadLetter.newest > 0 ? ['launched'] : [])].join(';');
  item.tooltip = tooltipOf(node, now);
  item.accessibilityInformation = { label: `${id} ${title}, given up, ${item.description}` };
  const command = deadLetter.newest > 0 ? COMMANDS.showTerminal : COMMANDS.openTask;
  item.command = { command, title: vscode.l10n.t('Show'), arguments: [node] };
  return item;
}

/** The tooltip, as plain text because the output of agents is no markup. */
function tooltipOf({ of: { deadLetter: deadLetter } }: DeadLetterNode, now: number): string {
  const { task, groupId, agent, subagent, failure, tail, at } = deadLetter;
  const executor = agent === null ? subagent : `${subagent}, ${agent}`;
  return [
    `${task.id} ${task.title}`,
    `${groupId} · ${executor} · ${describeAgo(now - at)}`,
    '',
    reasonOf(deadLetter),
    ...(failure.remedy === undefined ? [] : [failure.remedy]),
    ...(tail === '' ? [] : ['', tail]),
  ].join('\n');
}

function refusedItem({ id, reason, children }: RefusedNode, now: number): vscode.TreeItem {
  const deadLetters = children.map(({ of }) => of.deadLetter);
  const label = refusedWords(deadLetters);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.description = `${reason} · ${describeAgo(now - (deadLetters[0]?.at ?? now))}`;
  item.iconPath = new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('testing.iconFailed'));
  item.contextValue = 'refused';
  item.accessibilityInformation = { label: `${label}, given up, ${item.description}` };
  return item;
}
