import type * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';

/** What setting up agents works with. */
export interface SetupDeps {
  readonly session: WindowModel;
  readonly log: vscode.LogOutputChannel;
  /** Program and arguments of our runner. */
  readonly runner: readonly string[];
}
