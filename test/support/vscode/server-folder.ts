import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { InstalledServer } from './server-install.ts';

/** Turns off features that use the network, ask questions, or cover the elements of a test. */
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  // A tooltip covers its neighbours and intercepts their clicks; ms.
  'workbench.hover.delay': 600_000,
  // Motion makes elements unstable for clicks and screenshots.
  'workbench.reduceMotion': 'on',
  'terminal.integrated.gpuAcceleration': 'off',
  // Our code does not run in it, and it costs a second of each window's start.
  'extensions.webWorker': false,
};

/** Returns the data and extension folders of a server below `folder`. */
export function dataArguments(folder: string): readonly string[] {
  return [
    ...['--server-data-dir', path.join(folder, 'data')],
    ...['--extensions-dir', path.join(folder, 'extensions')],
    '--accept-server-license-terms',
  ];
}

/** Returns an environment without the user's home and without the settings of the editor that runs the tests. */
export function environment(home: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VSCODE_|ELECTRON_|XDG_|NODE_OPTIONS$|GIT_|MOCHA)/i.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_STATE_HOME: path.join(home, '.local', 'state'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
    SHELL: '/bin/bash',
    // npm would check for a newer version of itself and print a notice in the terminals.
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
  };
}

/** Fills the fresh `folder` with an empty home and the user's settings. */
export async function prepareFolder(
  folder: string,
  home: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const user = path.join(folder, 'data', 'data', 'User');
  await mkdir(user, { recursive: true });
  await mkdir(path.join(folder, 'extensions'));
  await mkdir(home);
  await writeFile(path.join(user, 'settings.json'), JSON.stringify({ ...quiet, ...settings }));
}

/** Installs the packaged extension `vsix` into the server below `folder`. */
export async function installVsix(
  { node, main }: InstalledServer,
  folder: string,
  vsix: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const args = [main, ...dataArguments(folder), '--install-extension', vsix];
  const result = await execa(node, args, {
    env,
    extendEnv: false,
    all: true,
    reject: false,
    timeout: 60_000,
  });
  if (result.failed || !result.all.includes('successfully installed')) {
    throw new Error(`VS Code refused ${vsix}:\n${result.all}`);
  }
}
