import type * as vscode from 'vscode';
import type { Session } from '../../host/window/window-model.ts';

/** What setting up agents works with. */
export interface SetupParts {
  readonly session: Session;
  readonly log: vscode.LogOutputChannel;
  /** Program and arguments of our runner. */
  readonly runner: readonly string[];
}
