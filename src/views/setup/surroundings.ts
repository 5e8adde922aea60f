import * as vscode from 'vscode';
import type { Config } from '../../coordinator/schema/config.ts';
import { ownConfig } from '../../engine/config/load-config.ts';
import type { Folder } from '../../host/window/folder.ts';
import { readSettings } from '../../host/window/settings.ts';
import type { WindowModel } from '../../host/window/window-model.ts';

/** What agents are looked for and tested with. */
export interface SetupContext {
  /** The folder whose configuration counts; `null`: only a person's own settings do. */
  readonly folder: Folder | null;
  readonly config: Config;
}

/**
 * The configuration in force: of the folder whose keys begin with `prefix` (default: the first one), or without a folder, and
 * in one that is not trusted, only what a person has set for themselves.
 */
export async function setupContext(session: WindowModel, prefix?: string): Promise<SetupContext> {
  if (session.folders().length === 0) {
    // A command may be what starts the extension.
    await session.open();
  }
  const folders = session.folders();
  const wanted = folders.find((folder) => folder.prefix === prefix) ?? folders[0];
  return wanted !== undefined && vscode.workspace.isTrusted
    ? { folder: wanted, config: wanted.workspace.config }
    : { folder: null, config: ownConfig(readSettings()) };
}
