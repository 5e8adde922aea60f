import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { endTree, markVariable } from './processes.ts';
import { installServer, type InstalledServer } from './server-install.ts';
import { SetupError } from './setup-error.ts';
import { newest, type Release } from './versions.ts';

export interface ServerOptions {
  readonly release?: Release;
  /** Folders open in Restricted Mode until somebody trusts them. Default: no such feature. */
  readonly workspaceTrust?: boolean;
  /** Needed to load an extension from a folder; with it, dialogs are refused. Default: false. */
  readonly smokeTestDriver?: boolean;
  /** Packaged extensions to install before the start. */
  readonly vsix?: readonly string[];
  /** The person's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of everything that VS Code starts. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface VscodeServer {
  readonly release: Release;
  /** A folder of this server's own: home, data and extensions live in it. */
  readonly folder: string;
  /** The home of everything that VS Code starts, so that tests touch nobody's own. */
  readonly home: string;
  readonly pid: number;
  readonly port: number;
  /** The address that opens `workspace`; `payload` is read by builds with the smoke-test driver. */
  url(workspace: string, payload?: readonly (readonly [string, string])[]): string;
  /** Everything it has printed. */
  log(): string;
  /** Ends it and all that it started, and removes its folder. */
  stop(): Promise<void>;
}

const startLimitMs = 30_000;
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
  // Motion makes elements unstable for clicks and screenshots.
  'workbench.reduceMotion': 'on',
  'terminal.integrated.gpuAcceleration': 'off',
};

/** Starts a real VS Code on a free port of the loopback interface. */
export async function startServer(options: ServerOptions = {}): Promise<VscodeServer> {
  const installed = await installServer(options.release ?? newest);
  const folder = await mkdtemp(path.join(tmpdir(), 'pg-vscode-'));
  const mark = randomUUID();
  const home = path.join(folder, 'home');
  const env = { ...environment(home), ...options.env, [markVariable]: mark };
  await writeUserData(folder, options.settings ?? {});
  await mkdir(home);
  for (const vsix of options.vsix ?? []) await installVsix(installed, folder, vsix, env);

  const token = randomUUID();
  const tokenFile = path.join(folder, 'token');
  await writeFile(tokenFile, token, { mode: 0o600 });
  const child = spawn(installed.node, serverArguments(installed, folder, tokenFile, options), {
    cwd: home,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Of its own group, so that Ctrl-C reaches us first and the end stays orderly.
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new SetupError(`VS Code could not be started: ${installed.node}`);
  const output = collect(child);
  const stop = async (): Promise<void> => {
    await endTree(pid, mark);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await printedPort(child, output);
    const url = (workspace: string, payload: readonly (readonly [string, string])[] = []): string =>
      address(port, token, workspace, payload);
    return { release: installed.release, folder, home, pid, port, url, log: output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverArguments(
  { main }: InstalledServer,
  folder: string,
  tokenFile: string,
  { workspaceTrust = false, smokeTestDriver = false }: ServerOptions,
): readonly string[] {
  return [
    main,
    ...['--host', '127.0.0.1', '--port', '0', '--connection-token-file', tokenFile],
    ...dataArguments(folder),
    ...['--telemetry-level', 'off', '--reconnection-grace-time', '5'],
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
  ];
}

function dataArguments(folder: string): readonly string[] {
  return [
    ...['--server-data-dir', path.join(folder, 'data')],
    ...['--extensions-dir', path.join(folder, 'extensions')],
    '--accept-server-license-terms',
  ];
}

/** Nothing of the person's own: neither their home nor the settings of the editor we run in. */
function environment(home: string): NodeJS.ProcessEnv {
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
  };
}

async function writeUserData(
  folder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const user = path.join(folder, 'data', 'data', 'User');
  await mkdir(user, { recursive: true });
  await mkdir(path.join(folder, 'extensions'));
  await writeFile(path.join(user, 'settings.json'), JSON.stringify({ ...quiet, ...settings }));
}

async function installVsix(
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

function collect(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  }
  return () => chunks.join('');
}

async function printedPort(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      finish();
      reject(new Error(`VS Code ${why}:\n${output()}`));
    };
    const look = (): void => {
      const port = /Extension host agent listening on (\d+)/.exec(output())?.[1];
      if (port === undefined) return;
      finish();
      resolve(Number(port));
    };
    const exited = (code: number | null): void => fail(`ended with code ${String(code)}`);
    const timer = setTimeout(
      () => fail(`did not listen within ${startLimitMs / 1000} s`),
      startLimitMs,
    );
    const finish = (): void => {
      clearTimeout(timer);
      child.stdout?.off('data', look);
      child.off('exit', exited);
    };
    child.stdout?.on('data', look);
    child.on('exit', exited);
  });
}

function address(
  port: number,
  token: string,
  workspace: string,
  payload: readonly (readonly [string, string])[],
): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set('tkn', token);
  url.searchParams.set('folder', workspace);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
