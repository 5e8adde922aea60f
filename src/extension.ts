import { join } from 'node:path';
import * as vscode from 'vscode';
import { provideBefore } from './host/actions/before-content.ts';
import { registerCommands } from './host/actions/commands.ts';
import { Escalations } from './host/actions/escalations.ts';
import { GivenUp } from './host/actions/given-up.ts';
import { RunActions } from './host/actions/run-actions.ts';
import {
  type AskModal,
  askModal,
  provideComparedCommands,
} from './host/dialogs/approval-dialog.ts';
import { WantedSources } from './host/plans/wanted-sources.ts';
import { showWelcome } from './host/window/context-keys.ts';
import type { Folder } from './host/window/folder.ts';
import { WindowModel } from './host/window/window-model.ts';
import { onListenerError } from './shared/emitter.ts';
import { useTranslation } from './shared/messages.ts';
import { TerminalLauncher } from './terminals/terminal-launcher.ts';
import { AgentsPart } from './views/agents/agents-part.ts';
import { commandHandlers } from './views/commands/command-handlers.ts';
import { startEditor } from './views/editor/start-editor.ts';
import { GivenUpView } from './views/given-up/given-up-view.ts';
import { StatusPanel } from './views/panel/status-panel.ts';
import { PromptDocuments } from './views/preview/prompt-documents.ts';
import { StatusBar } from './views/status/status-bar.ts';
import { GroupsPart } from './views/tree/groups-part.ts';
import type { GroupsTree } from './views/tree/groups-tree.ts';

let windowModel: WindowModel | undefined;

/** The API that tests inside the extension host use. */
export interface ExtensionApi {
  readonly windowModel: WindowModel;
  readonly tree: GroupsTree;
  readonly agents: AgentsPart;
  /** Replaces the modal dialogs from now on: `ask` answers them instead of the user. */
  readonly answerWith: (ask: AskModal) => void;
}

/** Creates and registers all components, then starts to read the open folders. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  useTranslation((message, ...args) => vscode.l10n.t(message, ...args));
  const log = vscode.window.createOutputChannel('Parallel Groups', { log: true });
  const runner = join(context.extensionPath, 'dist', 'runner.js');
  const terminals = new TerminalLauncher(runner);
  const wanted = new WantedSources(context.workspaceState);
  let ask = askModal;
  const model = new WindowModel({
    launcher: terminals,
    log,
    runner,
    ask: (...question) => ask(...question),
    wanted,
  });
  windowModel = model;
  const listenerErrors = onListenerError((error) => {
    log.error(error instanceof Error ? error : String(error));
  });
  const actions = new RunActions(model);
  const groups = new GroupsPart(model, context.workspaceState);
  const agents = new AgentsPart(model);
  const deadLetters = new GivenUp(model, actions);
  const givenUp = { givenUp: deadLetters, view: new GivenUpView(deadLetters, model) };
  const prompts = new PromptDocuments(model);
  const deps = {
    windowModel: model,
    actions,
    terminals,
    groups,
    log,
    wanted,
    givenUp,
    runner: [process.execPath, runner],
  };
  const panel = new StatusPanel(
    model,
    vscode.Uri.joinPath(context.extensionUri, 'dist'),
    (request) => {
      handlers.panel(request);
    },
  );
  const handlers = commandHandlers({ ...deps, panel, prompts });
  context.subscriptions.push(
    log,
    listenerErrors,
    terminals,
    model,
    groups,
    givenUp.givenUp,
    givenUp.view,
    agents,
    prompts,
    new Escalations(model, (tasks) => deadLetters.retry(tasks)),
    panel,
    new StatusBar(model),
    registerCommands(handlers.commands, log),
    showWelcome(model),
    provideComparedCommands(),
    provideBefore(model),
    startEditor(model, log, vscode.Uri.joinPath(context.extensionUri, 'media')),
    model.onRunEnded((key) => void actions.announce(key)),
    model.onAdopted((folder) => void offerToResume(folder)),
  );
  void model.open();
  return { windowModel: model, tree: groups.tree, agents, answerWith: (answer) => (ask = answer) };
}

/** Asks the user whether to resume the workflows of the previous window, because resuming starts new runs. */
async function offerToResume(folder: Folder): Promise<void> {
  const interrupted = await folder.workflows.interrupted();
  if (interrupted.length > 0) {
    const actions = await import('./host/actions/workflow-actions.ts');
    await actions.offerToResume(folder, interrupted);
  }
}

/** Releases the runs when the window closes or reloads. Terminals keep running; the next window adopts the runs. */
export function deactivate(): Promise<void> | undefined {
  return windowModel?.release();
}
