import * as vscode from 'vscode';
import { reasonOf, refusedWords } from '../../coordinator/projections/given-up.ts';
import { COMMANDS } from '../../shared/manifest.ts';
import type { TaskView } from '../../shared/view-models/group-views.ts';
import { describeAgo } from '../../shared/words/durations.ts';
import type { GivenUpNode, LetterNode, RefusedNode } from './given-up-nodes.ts';

/** How a row is drawn. `task`: as the plan and the newest run have it now. */
export function givenUpItem(
  node: GivenUpNode,
  task: TaskView | undefined,
  now: number,
): vscode.TreeItem {
  return node.kind === 'refused' ? refusedItem(node, now) : letterItem(node, task, now);
}

function letterItem(node: LetterNode, task: TaskView | undefined, now: number): vscode.TreeItem {
  const { letter } = node.of;
  const { id, title } = letter.task;
  const again = task?.status === 'in_progress';
  const item = new vscode.TreeItem(`${id} ${title}`);
  item.id = node.key;
  item.description = again
    ? 'is tried again'
    : `${reasonOf(letter)} · ${describeAgo(now - letter.at)}`;
  item.iconPath = again
    ? new vscode.ThemeIcon('sync', new vscode.ThemeColor('charts.blue'))
    : new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
  item.contextValue = ['task', ...(letter.newest > 0 ? ['launched'] : [])].join(';');
  item.tooltip = tooltipOf(node, now);
  item.accessibilityInformation = { label: `${id} ${title}, given up, ${item.description}` };
  const command = letter.newest > 0 ? COMMANDS.showTerminal : COMMANDS.openTask;
  item.command = { command, title: vscode.l10n.t('Show'), arguments: [node] };
  return item;
}

/** Plain text: what agents print is no markup. */
function tooltipOf({ of: { letter } }: LetterNode, now: number): string {
  const { task, groupId, agent, subagent, failure, tail, at } = letter;
  const who = agent === null ? subagent : `${subagent}, ${agent}`;
  return [
    `${task.id} ${task.title}`,
    `${groupId} · ${who} · ${describeAgo(now - at)}`,
    '',
    reasonOf(letter),
    ...(failure.remedy === undefined ? [] : [failure.remedy]),
    ...(tail === '' ? [] : ['', tail]),
  ].join('\n');
}

function refusedItem({ id, reason, children }: RefusedNode, now: number): vscode.TreeItem {
  const letters = children.map(({ of }) => of.letter);
  const label = refusedWords(letters);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.description = `${reason} · ${describeAgo(now - (letters[0]?.at ?? now))}`;
  item.iconPath = new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('testing.iconFailed'));
  item.contextValue = 'refused';
  item.accessibilityInformation = { label: `${label}, given up, ${item.description}` };
  return item;
}
