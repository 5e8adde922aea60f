import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { ConfigFile } from '../../../src/coordinator/schema/config.ts';
import { CONFIG_FILE } from '../../../src/shared/manifest.ts';

/** Folder for files of a test and its agents; removed after the test. */
export const SCRATCH = 'scratch';

const plans = new Set<string>();

/** Returns the folder that the window has open. */
export function workspaceRoot(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) {
    throw new Error('The window has no folder open.');
  }
  return folder.uri.fsPath;
}

/** Returns the absolute path of a file of the workspace. */
export function inWorkspace(name: string): string {
  return join(workspaceRoot(), name);
}

/** Writes a file of the workspace on disk without the editor, as an agent or git does. */
export async function write(name: string, text: string): Promise<void> {
  await mkdir(dirname(inWorkspace(name)), { recursive: true });
  await writeFile(inWorkspace(name), text);
}

/** Reads a file of the workspace from disk. */
export function read(name: string): Promise<string> {
  return readFile(inWorkspace(name), 'utf8');
}

/** Writes a plan that is removed after the test. */
export async function writePlan(name: string, text: string): Promise<void> {
  plans.add(name);
  await write(name, text);
}

/** Returns the plans written since the last call. */
export function writtenPlans(): readonly string[] {
  const written = [...plans];
  plans.clear();
  return written;
}

/** Writes `parallel-groups.json` for later runs. */
export function writeConfig(config: ConfigInput): Promise<void> {
  return write(CONFIG_FILE, `${JSON.stringify(config, undefined, 2)}\n`);
}
type ConfigInput = Omit<ConfigFile, 'agents'> & {
  readonly agents?: Readonly<Record<string, AgentInput>>;
};
type Agents = NonNullable<ConfigFile['agents']>;
type AgentInput = Partial<Agents[string]> & Pick<Agents[string], 'command'>;
