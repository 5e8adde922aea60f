import type * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';

/** The dependencies of the setup commands. */
export interface SetupDeps {
  readonly windowModel: WindowModel;
  readonly log: vscode.LogOutputChannel;
  /** Program and arguments of the runner. */
  readonly runner: readonly string[];
}
