import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/extension.ts';
import type { AskModal } from '../../../src/host/dialogs/approval-dialog.ts';
import type { WindowModel } from '../../../src/host/window/window-model.ts';
import { EXTENSION_ID, STATE_DIRECTORY } from '../../../src/shared/manifest.ts';
import { eventually } from '../vscode/verbs/eventually.ts';
import { SCRATCH, writeConfig, writtenPlans } from './workspace.ts';

/** Generous, because it matters only if a test fails. */
const testLimitMs = 90_000;

/** The extension in this extension host. */
export interface Extension {
  readonly windowModel: WindowModel;
  readonly tree: ExtensionApi['tree'];
  readonly agents: ExtensionApi['agents'];
  /** Answers every modal dialog of the current test. By default, all are accepted. */
  answerWith(ask: AskModal): void;
}

/** Accepts every dialog. */
const agree: AskModal = (_message, _detail, [first]) => Promise.resolve(first);

/** Gives the surrounding `describe` the activated extension, and cleans up after each test. */
export function useExtension(): Extension {
  let api: ExtensionApi | undefined;
  const now = (): ExtensionApi => {
    if (api === undefined) {
      throw new Error('The extension is there only inside of tests.');
    }
    return api;
  };

  before('activate the extension', async function () {
    this.timeout(testLimitMs);
    api = await vscode.extensions.getExtension<ExtensionApi>(EXTENSION_ID)?.activate();
    await eventually('the workspace to be open', () =>
      Promise.resolve(now().windowModel.root !== null),
    );
  });

  beforeEach(async function () {
    this.currentTest?.timeout(testLimitMs);
    now().answerWith(agree);
    await writeConfig({});
  });

  afterEach('end what the test began', async function () {
    this.timeout(testLimitMs);
    await endRuns(now().windowModel);
    await closeWindows();
    await removeFiles(now().windowModel);
  });

  return {
    get windowModel() {
      return now().windowModel;
    },
    get tree() {
      return now().tree;
    },
    get agents() {
      return now().agents;
    },
    answerWith: (ask) => now().answerWith(ask),
  };
}

async function endRuns(windowModel: WindowModel): Promise<void> {
  for (const { key, run } of windowModel.groups()) {
    const located = windowModel.locate(key);
    if (run?.state === 'running') {
      await located?.workspace.control.stop(located.key);
    }
  }
  const ended = (): boolean =>
    windowModel.groups().every(({ run }) => run === null || run.state === 'ended');
  await eventually('all runs to end', () => Promise.resolve(ended()), 30_000);
}

async function closeWindows(): Promise<void> {
  for (const terminal of vscode.window.terminals) {
    terminal.dispose();
  }
  const closed = (): boolean => vscode.window.terminals.length === 0;
  await eventually('the terminals to close', () => Promise.resolve(closed()), 30_000);
  for (const { document } of vscode.window.visibleTextEditors) {
    if (document.isDirty) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

async function removeFiles(windowModel: WindowModel): Promise<void> {
  const plans = writtenPlans();
  // Agent health of one test must not affect the next test.
  const learnt = join(STATE_DIRECTORY, 'agents.json');
  for (const name of [...plans, SCRATCH, learnt]) {
    await rm(join(windowModel.root ?? '', name), { recursive: true, force: true, maxRetries: 5 });
  }
  await windowModel.refresh();
}
