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
import { visible } from '../../shared/words/visible.ts';
import { forEachFolder } from '../window/each-folder.ts';
import type { Folder } from '../window/folder.ts';
import type { WindowModel } from '../window/window-model.ts';

/** Time during which escalations are combined into one notification, ms. */
const BATCH_MS = 400;

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

/** Notifies the user of problems in this window's runs that only the user can fix, once for each cause of a run. */
export class Escalations implements Disposable {
  readonly #retry: (tasks: readonly TaskKey[]) => Promise<void>;
  /** The affected tasks of each notified cause, including those added after the notification. */
  readonly #notified = new Map<string, Set<TaskKey>>();
  readonly #subscription: Disposable;
  #pending: { readonly folder: Folder; readonly each: Escalation }[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** `retry`: retries tasks that were given up. */
  constructor(model: WindowModel, retry: (tasks: readonly TaskKey[]) => Promise<void>) {
    this.#retry = retry;
    this.#subscription = forEachFolder(model, (folder) =>
      folder.workspace.bus.subscribe('run.event', 'escalations', ({ state, event }) => {
        this.#enqueue(folder, escalationsOf(state, event));
      }),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
    clearTimeout(this.#timer ?? undefined);
  }

  #enqueue(folder: Folder, escalations: readonly Escalation[]): void {
    const unseen = escalations.filter(({ cause }) => !this.#notified.has(cause));
    for (const { cause, tasks } of escalations) {
      tasks.forEach(({ key }) => this.#notified.get(cause)?.add(key));
    }
    this.#pending.push(...unseen.map((each) => ({ folder, each })));
    if (unseen.length > 0) {
      this.#timer ??= setTimeout(() => {
        this.#notify();
      }, BATCH_MS);
    }
  }

  #notify(): void {
    this.#timer = null;
    const pending = this.#pending;
    this.#pending = [];
    for (const folder of new Set(pending.map((each) => each.folder))) {
      const ofFolder = pending.filter((each) => each.folder === folder);
      for (const escalation of together(ofFolder.map(({ each }) => each))) {
        this.#notified.set(escalation.cause, new Set(escalation.tasks.map(({ key }) => key)));
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
        await this.#retryAfterRun(folder, escalation);
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

  /** Retries the affected tasks once the run that gave them up has ended, because a group has one run at a time. */
  async #retryAfterRun(
    { workspace, prefix }: Folder,
    { group, run, cause }: Escalation,
  ): Promise<void> {
    const active = workspace.runs.active(group);
    if (active !== null && active.state.plan.run === run) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('It is tried again as soon as the run is over.'),
      );
      await active.done;
    }
    const affected = [...(this.#notified.get(cause) ?? [])];
    await this.#retry(affected.map((key) => asTaskKey(prefix + key)));
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
    // Without a configuration file, the budget has another origin.
    vscode.commands.executeCommand('workbench.action.openSettings', SETTINGS_SECTION),
  );
}
