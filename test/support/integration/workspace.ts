import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { ConfigFile } from '../../../src/coordinator/schema/config.ts';
import { CONFIG_FILE } from '../../../src/shared/manifest.ts';

/** Folder for what a test and its agents write; removed after the test. */
export const SCRATCH = 'scratch';

const plans = new Set<string>();

/** The folder that the window has open. */
export function workspaceRoot(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) {
    throw new Error('The window has no folder open.');
  }
  return folder.uri.fsPath;
}

/** Absolute path of a file of the workspace. */
export function inWorkspace(name: string): string {
  return join(workspaceRoot(), name);
}

/** Writes a file of the workspace on disk, past the editor, as an agent or git does. */
export async function write(name: string, text: string): Promise<void> {
  await mkdir(dirname(inWorkspace(name)), { recursive: true });
  await writeFile(inWorkspace(name), text);
}

/** What a file of the workspace holds on disk. */
export function read(name: string): Promise<string> {
  return readFile(inWorkspace(name), 'utf8');
}

/** Writes a plan, which is removed after the test. */
export async function writePlan(name: string, text: string): Promise<void> {
  plans.add(name);
  await write(name, text);
}

/** The plans since this was last asked. */
export function writtenPlans(): readonly string[] {
  const written = [...plans];
  plans.clear();
  return written;
}

/** `parallel-groups.json`, for the runs from now on. */
export function writeConfig(config: ConfigInput): Promise<void> {
  return write(CONFIG_FILE, `${JSON.stringify(config, undefined, 2)}\n`);
}
type ConfigInput = Omit<ConfigFile, 'agents'> & {
  readonly agents?: Readonly<Record<string, AgentInput>>;
};
type Agents = NonNullable<ConfigFile['agents']>;
type AgentInput = Partial<Agents[string]> & Pick<Agents[string], 'command'>;
