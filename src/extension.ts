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

let session: WindowModel | undefined;

/** The parts of the extension that tests inside the extension host use. */
export interface ExtensionApi {
  readonly session: WindowModel;
  readonly tree: GroupsTree;
  readonly agents: AgentsPart;
  /** Answers the modal dialogs from now on, instead of the user. */
  readonly answerWith: (ask: AskModal) => void;
}

/** Creates and connects the parts; reads the folder once everything is registered. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  useTranslation((message, ...args) => vscode.l10n.t(message, ...args));
  const log = vscode.window.createOutputChannel('Parallel Groups', { log: true });
  const runner = join(context.extensionPath, 'dist', 'runner.js');
  const terminals = new TerminalLauncher(runner);
  const wanted = new WantedSources(context.workspaceState);
  let ask = askModal;
  const opened = new WindowModel({
    launcher: terminals,
    log,
    runner,
    ask: (...question) => ask(...question),
    wanted,
  });
  session = opened;
  const listening = onListenerError((error) => {
    log.error(error instanceof Error ? error : String(error));
  });
  const actions = new RunActions(opened);
  const groups = new GroupsPart(opened, context.workspaceState);
  const agents = new AgentsPart(opened);
  const letters = new GivenUp(opened, actions);
  const givenUp = { letters, view: new GivenUpView(letters, opened) };
  const prompts = new PromptDocuments(opened);
  const own = { runner: [process.execPath, runner] };
  const parts = { session: opened, actions, terminals, groups, log, wanted, givenUp, ...own };
  const panel = new StatusPanel(
    opened,
    vscode.Uri.joinPath(context.extensionUri, 'dist'),
    (request) => {
      handlers.panel(request);
    },
  );
  const handlers = commandHandlers({ ...parts, panel, prompts });
  context.subscriptions.push(
    log,
    listening,
    terminals,
    opened,
    groups,
    givenUp.letters,
    givenUp.view,
    agents,
    prompts,
    new Escalations(opened, (tasks) => letters.retry(tasks)),
    panel,
    new StatusBar(opened),
    registerCommands(handlers.commands, log),
    showWelcome(opened),
    provideComparedCommands(),
    provideBefore(opened),
    startEditor(opened, log, vscode.Uri.joinPath(context.extensionUri, 'media')),
    opened.onRunEnded((key) => void actions.announce(key)),
    opened.onAdopted((folder) => void offerToResume(folder)),
  );
  void opened.open();
  return { session: opened, tree: groups.tree, agents, answerWith: (answer) => (ask = answer) };
}

/** Resuming a workflow that the previous window left behind starts new runs, so the user decides. */
async function offerToResume(folder: Folder): Promise<void> {
  const interrupted = await folder.workflows.interrupted();
  if (interrupted.length > 0) {
    const actions = await import('./host/actions/workflow-actions.ts');
    await actions.offerToResume(folder, interrupted);
  }
}

/** The window closes or reloads: terminals keep running, and the next window adopts the runs. */
export function deactivate(): Promise<void> | undefined {
  return session?.release();
}
