import * as vscode from 'vscode';
import { COMMANDS } from '../../shared/manifest.ts';
import type { AgentState, AgentView, SubagentView } from '../../shared/view-models/agent-views.ts';
import { rangeWords, signInWords, stateWords } from '../../shared/words/agent-words.ts';
import { plural } from '../../shared/words/durations.ts';
import type { AgentNode } from './agent-nodes.ts';

/** Codicon and colour of each state. */
const APPEARANCES: Readonly<Record<AgentState['kind'], readonly [icon: string, color: string]>> = {
  available: ['check', 'testing.iconPassed'],
  busy: ['loading~spin', 'charts.blue'],
  not_installed: ['circle-slash', 'testing.iconSkipped'],
  not_signed_in: ['bell-dot', 'charts.yellow'],
  breaker_open: ['watch', 'charts.orange'],
  half_open: ['watch', 'charts.yellow'],
  unregistered: ['circle-large-outline', 'disabledForeground'],
  not_allowed: ['circle-slash', 'testing.iconSkipped'],
};

/** Renders a row. `now`: ms since the epoch. */
export function agentNodeItem(node: AgentNode, now: number): vscode.TreeItem {
  const item = rowOf(node, now);
  item.id = node.id;
  return item;
}

function rowOf(node: AgentNode, now: number): vscode.TreeItem {
  switch (node.kind) {
    case 'agentsFolder':
      return new vscode.TreeItem(node.name, vscode.TreeItemCollapsibleState.Expanded);
    case 'subagents':
      return headRow(node.children.length);
    case 'agent':
      return agentRow(node, node.view, now);
    case 'subagent':
      return subagentRow(node, node.view);
  }
}

function headRow(count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(
    vscode.l10n.t('Subagents'),
    vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.description = String(count);
  item.iconPath = new vscode.ThemeIcon('organization');
  item.accessibilityInformation = { label: vscode.l10n.t('Subagents, {0}', count) };
  return item;
}

function agentRow(node: AgentNode, view: AgentView, now: number): vscode.TreeItem {
  const { title, version, untested, state, place } = view;
  const words = stateWords(state, now);
  const item = new vscode.TreeItem(title);
  const versionWords = untested === null ? version : `${String(version)}, untested`;
  item.description = versionWords === null ? words : `${words} · ${versionWords}`;
  const isWorking = state.kind === 'available' && state.running > 0;
  const [icon, color] = APPEARANCES[isWorking ? 'busy' : state.kind];
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
  item.tooltip = agentTooltip(view, words);
  item.contextValue = ['agent', ...capabilities(view)].join(';');
  item.accessibilityInformation = { label: `${title}, agent, ${item.description}` };
  openOn(item, node, place !== null);
  return item;
}

/** Context values for the menus: the commands that apply to an agent. */
function capabilities({ state, place }: AgentView): readonly string[] {
  const out = state.kind === 'unregistered';
  const withBreaker = state.kind === 'breaker_open' || state.kind === 'half_open';
  return [
    out ? 'registerAgain' : 'unregister',
    ...(out ? [] : ['check']),
    ...(state.kind === 'not_installed' ? [] : ['test']),
    ...(withBreaker ? ['breaker'] : []),
    ...(place === null ? [] : ['definition']),
  ];
}

/** The tooltip, as plain text because names and messages come from files and programs. */
function agentTooltip(
  { title, version, program, from, why, running, tested, untested, signIn }: AgentView,
  words: string,
): string {
  return [
    version === null ? title : `${title} ${version}`,
    words,
    ...(why === null ? [] : [why]),
    ...(untested === null ? [] : [untested]),
    '',
    vscode.l10n.t('Program: {0}', program),
    ...(tested === null ? [] : [vscode.l10n.t('Tested with: {0}', rangeWords(tested))]),
    ...(signIn === null ? [] : [vscode.l10n.t('Signing in: {0}', signInWords(signIn))]),
    vscode.l10n.t('From: {0}', from),
    ...(running === 0 ? [] : [plural(running, 'running task')]),
  ].join('\n');
}

function subagentRow(node: AgentNode, view: SubagentView): vscode.TreeItem {
  const { name, type, role, agent, from, place } = view;
  const item = new vscode.TreeItem(name);
  item.description = `${type} · ${agent}`;
  item.iconPath = new vscode.ThemeIcon('person');
  const where = place === null ? from : place.file;
  item.tooltip = [
    name,
    vscode.l10n.t('Kind of work: {0}', type),
    vscode.l10n.t('Role: {0}', role),
    vscode.l10n.t('Agent: {0}', agent),
    vscode.l10n.t('From: {0}', where),
  ].join('\n');
  item.contextValue = place === null ? 'subagent' : 'subagent;definition';
  item.accessibilityInformation = { label: `${name}, subagent, ${type}, played by ${agent}` };
  openOn(item, node, place !== null);
  return item;
}

function openOn(item: vscode.TreeItem, node: AgentNode, isDefined: boolean): void {
  if (isDefined) {
    item.command = {
      command: COMMANDS.openAgentDefinition,
      title: vscode.l10n.t('Open Definition'),
      arguments: [node],
    };
  }
}
