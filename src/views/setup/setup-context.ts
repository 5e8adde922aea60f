import * as vscode from 'vscode';
import type { Config } from '../../coordinator/schema/config.ts';
import { ownConfig } from '../../engine/config/load-config.ts';
import type { Folder } from '../../host/window/folder.ts';
import { readSettings } from '../../host/window/settings.ts';
import type { WindowModel } from '../../host/window/window-model.ts';

/** The configuration with which agents are detected and tested. */
export interface SetupContext {
  /** The folder whose configuration applies; `null` if only the user settings do. */
  readonly folder: Folder | null;
  readonly config: Config;
}

/**
 * Returns the configuration in force: that of the folder whose keys begin with `prefix` (default: the first folder).
 * Without a folder, and in an untrusted workspace, only the user settings apply.
 */
export async function setupContext(
  windowModel: WindowModel,
  prefix?: string,
): Promise<SetupContext> {
  if (windowModel.folders().length === 0) {
    // The extension may have been activated by this command.
    await windowModel.open();
  }
  const folders = windowModel.folders();
  const folder = folders.find((each) => each.prefix === prefix) ?? folders[0];
  return folder !== undefined && vscode.workspace.isTrusted
    ? { folder, config: folder.workspace.config }
    : { folder: null, config: ownConfig(readSettings()) };
}
