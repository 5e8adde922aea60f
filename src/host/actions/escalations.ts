import * as vscode from 'vscode';
import {
  type Escalation,
  escalationSentence,
  escalationsOf,
  together,
} from '../../coordinator/projections/escalations.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { asGroupKey, asTaskKey, type TaskKey } from '../../shared/ids.ts';
import { COMMANDS, CONFIG_FILE, SETTINGS_SECTION } from '../../shared/manifest.ts';
import { visible } from '../dialogs/approval-dialog.ts';
import { forEachFolder } from '../window/each-folder.ts';
import type { Folder } from '../window/folder.ts';
import type { WindowModel } from '../window/window-model.ts';

/** What comes within this time is one notification, ms. */
const GATHER_MS = 400;

type Action = 'retry' | 'terminal' | 'status' | 'settings' | 'configuration';

/** A button of the notification. */
interface ActionItem extends vscode.MessageItem {
  readonly action: Action;
}

function actionItem(action: Action): ActionItem {
  return { action, title: titleOf(action) };
}

function titleOf(action: Action): string {
  switch (action) {
    case 'retry':
      return vscode.l10n.t('Retry');
    case 'terminal':
      return vscode.l10n.t('Show Terminal');
    case 'status':
      return vscode.l10n.t('Show Status');
    case 'settings':
      return vscode.l10n.t('Open Settings');
    case 'configuration':
      return vscode.l10n.t('Open Configuration');
  }
}

/** Tells a person of what only a person can mend in the runs of this window: once for each cause of a run. */
export class Escalations implements Disposable {
  readonly #retry: (tasks: readonly TaskKey[]) => Promise<void>;
  /** What was told, by its cause, with the tasks that met it, also those that came after. */
  readonly #told = new Map<string, Set<TaskKey>>();
  readonly #following: Disposable;
  #gathered: { readonly folder: Folder; readonly each: Escalation }[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** `retry`: tries tasks again that were given up. */
  constructor(session: WindowModel, retry: (tasks: readonly TaskKey[]) => Promise<void>) {
    this.#retry = retry;
    this.#following = forEachFolder(session, (folder) =>
      folder.workspace.bus.subscribe('run.event', 'escalations', ({ state, event }) => {
        this.#gather(folder, escalationsOf(state, event));
      }),
    );
  }

  dispose(): void {
    this.#following.dispose();
    clearTimeout(this.#timer ?? undefined);
  }

  #gather(folder: Folder, escalations: readonly Escalation[]): void {
    const news = escalations.filter(({ cause }) => !this.#told.has(cause));
    for (const { cause, tasks } of escalations) {
      tasks.forEach(({ key }) => this.#told.get(cause)?.add(key));
    }
    this.#gathered.push(...news.map((each) => ({ folder, each })));
    if (news.length > 0) {
      this.#timer ??= setTimeout(() => {
        this.#tell();
      }, GATHER_MS);
    }
  }

  #tell(): void {
    this.#timer = null;
    const gathered = this.#gathered;
    this.#gathered = [];
    for (const folder of new Set(gathered.map((each) => each.folder))) {
      const own = gathered.filter((each) => each.folder === folder);
      for (const escalation of together(own.map(({ each }) => each))) {
        this.#told.set(escalation.cause, new Set(escalation.tasks.map(({ key }) => key)));
        void this.#show(folder, escalation);
      }
    }
  }

  async #show(folder: Folder, escalation: Escalation): Promise<void> {
    const { remedy } = escalation;
    const sentence = escalationSentence(escalation);
    const message = visible(remedy === null ? sentence : `${sentence} ${remedy}`);
    const answer = await vscode.window.showWarningMessage(
      message,
      ...actionsFor(escalation).map(actionItem),
    );
    const group = asGroupKey(folder.prefix + escalation.group);
    switch (answer?.action) {
      case 'retry':
        await this.#retryOnceOver(folder, escalation);
        return;
      case 'terminal': {
        const task = escalation.tasks.map(({ key }) => asTaskKey(folder.prefix + key))[0];
        await vscode.commands.executeCommand(COMMANDS.showTerminal, { group, task });
        return;
      }
      case 'status':
        await vscode.commands.executeCommand(COMMANDS.showStatusPanel, { group });
        return;
      case 'settings':
        await vscode.commands.executeCommand('workbench.action.openSettings', SETTINGS_SECTION);
        return;
      case 'configuration':
        await openConfiguration(folder);
        return;
      case undefined:
        return;
    }
  }

  /** A group has one run at a time: while the one that gave the tasks up goes on, they wait for its end. */
  async #retryOnceOver(
    { workspace, prefix }: Folder,
    { group, run, cause }: Escalation,
  ): Promise<void> {
    const held = workspace.runs.active(group);
    if (held !== null && held.state.plan.run === run) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('It is tried again as soon as the run is over.'),
      );
      await held.done;
    }
    const met = [...(this.#told.get(cause) ?? [])];
    await this.#retry(met.map((key) => asTaskKey(prefix + key)));
  }
}

function actionsFor({ kind, configured }: Escalation): Action[] {
  switch (kind) {
    case 'tasks':
      return configured ? ['retry', 'settings', 'status'] : ['retry', 'terminal', 'status'];
    case 'breaker':
      return ['status'];
    case 'budget':
      return ['status', 'configuration'];
  }
}

async function openConfiguration({ uri }: Folder): Promise<void> {
  const file = vscode.Uri.joinPath(uri, CONFIG_FILE);
  await vscode.window.showTextDocument(file).then(undefined, () =>
    // The budget came from somewhere else.
    vscode.commands.executeCommand('workbench.action.openSettings', SETTINGS_SECTION),
  );
}
