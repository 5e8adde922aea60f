import type * as vscode from 'vscode';
import type { Launcher } from '../../engine/contract/ports.ts';
import type { AskModal } from '../dialogs/approval-dialog.ts';
import type { WantedSources } from '../plans/wanted-sources.ts';

/** The dependencies of a window model, provided by the composition root. */
export interface WindowOptions {
  readonly launcher: Launcher;
  readonly log: vscode.LogOutputChannel;
  /** Absolute path of dist/runner.js. */
  readonly runner: string;
  readonly ask: AskModal;
  readonly wanted: WantedSources;
}
