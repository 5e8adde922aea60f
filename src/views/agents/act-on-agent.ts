import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { AgentTarget } from '../../host/actions/commands.ts';
import type { Folder } from '../../host/window/folder.ts';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { AgentState } from '../../shared/view-models/agent-views.ts';
import type { Place } from '../../shared/view-models/group-views.ts';
import { stateWords } from '../../shared/words/agent-words.ts';
import { plural } from '../../shared/words/durations.ts';

/** The commands on an agent. */
export type AgentAction = 'unregister' | 'registerAgain' | 'check' | 'resetBreaker' | 'open';

const UNREGISTER = vscode.l10n.t('Unregister and Stop');

/** Executes a command on an agent; prompts for the agent if there is no target. Shows a warning if it fails. */
export async function actOnAgent(
  windowModel: WindowModel,
  action: AgentAction,
  target: AgentTarget | null,
): Promise<void> {
  const wanted = target ?? (await pick(windowModel, action));
  const folder = windowModel.folders().find(({ prefix }) => prefix === wanted?.folder);
  if (wanted === null || folder === undefined) {
    return;
  }
  const problem = await act(windowModel, folder, action, wanted);
  if (problem !== null) {
    void vscode.window.showWarningMessage(problem);
  }
}

/** Returns `null`, or a sentence if the command fails. */
async function act(
  windowModel: WindowModel,
  folder: Folder,
  action: AgentAction,
  target: AgentTarget,
): Promise<string | null> {
  const { agents } = folder.workspace;
  switch (action) {
    case 'unregister':
      return (await confirmStop(windowModel, folder, target.name))
        ? agents.unregister(target.name)
        : null;
    case 'registerAgain':
      return agents.registerAgain(target.name);
    case 'check':
      return agents.checkAgain(target.name);
    case 'resetBreaker':
      return agents.resetBreaker(target.name);
    case 'open':
      return open(folder, target);
  }
}

async function confirmStop(
  windowModel: WindowModel,
  { workspace }: Folder,
  name: string,
): Promise<boolean> {
  const running = workspace.agents.running(name);
  if (running === 0) {
    return true;
  }
  const message = vscode.l10n.t(
    '{0} is at work on {1}. Unregister it and stop them?',
    name,
    plural(running, 'task'),
  );
  const detail = vscode.l10n.t(
    'The tasks are cancelled and stay open in the plan; others may do them later.',
  );
  return (await windowModel.ask(message, detail, [UNREGISTER])) === UNREGISTER;
}

async function open(folder: Folder, { kind, name }: AgentTarget): Promise<string | null> {
  const view = await folder.workspace.agents.view();
  const place =
    kind === 'agent'
      ? view.agents.find(({ id }) => id === name)?.place
      : view.subagents.find((each) => each.name === name)?.place;
  if (place === undefined || place === null) {
    return vscode.l10n.t('No file of this workspace defines {0}.', name);
  }
  const line = Math.max(0, place.line - 1);
  await vscode.window.showTextDocument(fileOf(folder, place), {
    selection: new vscode.Range(line, 0, line, 0),
  });
  return null;
}

function fileOf({ uri }: Folder, { file }: Place): vscode.Uri {
  return file.startsWith('~/')
    ? vscode.Uri.file(join(homedir(), file.slice(2)))
    : vscode.Uri.joinPath(uri, file);
}

/** Whether a command applies to an agent in a state. */
const APPLIES: Readonly<Record<AgentAction, (state: AgentState) => boolean>> = {
  unregister: ({ kind }) => kind !== 'unregistered',
  registerAgain: ({ kind }) => kind === 'unregistered',
  check: ({ kind }) => kind !== 'unregistered',
  resetBreaker: ({ kind }) => kind === 'breaker_open' || kind === 'half_open',
  open: () => true,
};

async function pick(windowModel: WindowModel, action: AgentAction): Promise<AgentTarget | null> {
  const folders = await Promise.all(
    windowModel.folders().map(async ({ prefix, workspace }) => {
      const { agents } = await workspace.agents.view();
      return agents
        .filter(
          ({ state, place }) => APPLIES[action](state) && (action !== 'open' || place !== null),
        )
        .map(({ id, title, state }) => ({
          label: title,
          description: `${prefix}${stateWords(state, Date.now())}`,
          target: { kind: 'agent', name: id, folder: prefix } as const,
        }));
    }),
  );
  const picks = folders.flat();
  if (picks.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no such agent just now.'));
    return null;
  }
  return (
    (await vscode.window.showQuickPick(picks, { placeHolder: vscode.l10n.t('Which agent?') }))
      ?.target ?? null
  );
}
