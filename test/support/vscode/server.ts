import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { guardGroup } from './guard.ts';
import { endTree, markVariable } from './processes.ts';
import { dataArguments, environment, installVsix, prepareFolder } from './server-folder.ts';
import { type InstalledServer, installServer } from './server-install.ts';
import { SetupError } from './setup-error.ts';
import { newest, type Release } from './versions.ts';

export interface ServerOptions {
  readonly release?: Release;
  /** Folders open in Restricted Mode until they are trusted. Default: false. */
  readonly workspaceTrust?: boolean;
  /** Needed to load an extension from a folder; with it, dialogs are refused. Default: false. */
  readonly smokeTestDriver?: boolean;
  /** Packaged extensions to install before the start. */
  readonly vsix?: readonly string[];
  /** The user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of every process that VS Code starts. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long terminals wait for a window during its reload. Default: 5 s, so that no process remains. */
  readonly reconnectionGraceSeconds?: number;
}

export interface VscodeServer {
  readonly release: Release;
  /** The folder of this server: home, data and extensions. */
  readonly folder: string;
  /** The home of every process that VS Code starts, so that tests do not touch the user's home. */
  readonly home: string;
  readonly pid: number;
  readonly port: number;
  /**
   * Returns the address that opens `workspace`, a folder or a `.code-workspace` file; builds with the smoke-test driver
   * read `payload`.
   */
  url(workspace: string, payload?: readonly (readonly [string, string])[]): string;
  /** Its output so far. */
  log(): string;
  /** Ends it and all its processes, and removes its folder. */
  stop(): Promise<void>;
}

const startLimitMs = 30_000;
/** Other users of this machine can reach the loopback interface, too. */
const tokenName = 'token';
/** Starts VS Code on a free port of the loopback interface. */
export async function startServer(options: ServerOptions = {}): Promise<VscodeServer> {
  const release = options.release ?? newest;
  const installed = await installServer(release);
  const folder = await mkdtemp(path.join(tmpdir(), 'pg-vscode-'));
  const mark = randomUUID();
  const home = path.join(folder, 'home');
  // VS Code leaves sockets and folders in the temporary folder. The name is short, because paths of sockets have a limit.
  const temporary = path.join(folder, 't');
  await mkdir(temporary);
  const env = {
    ...environment(home),
    ...options.env,
    TMPDIR: temporary,
    TMP: temporary,
    TEMP: temporary,
    [markVariable]: mark,
  };
  await prepareFolder(folder, home, options.settings ?? {});
  for (const vsix of options.vsix ?? []) {
    await installVsix(installed, folder, vsix, env);
  }

  const token = randomUUID();
  await writeFile(path.join(folder, tokenName), token, { mode: 0o600 });
  const { child, pid } = launch(installed, serverArguments(folder, options), home, env);
  const log = collect(child);
  const callOffGuard = guardGroup(pid);
  const stop = async (): Promise<void> => {
    await endTree(pid, mark);
    callOffGuard();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await printedPort(child, log);
    const url: VscodeServer['url'] = (workspace, payload = []) =>
      address(port, token, workspace, payload);
    return { release, folder, home, pid, port, url, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverArguments(
  folder: string,
  { workspaceTrust = false, smokeTestDriver = false, reconnectionGraceSeconds = 5 }: ServerOptions,
): readonly string[] {
  return [
    ...['--host', '127.0.0.1', '--port', '0'],
    ...['--connection-token-file', path.join(folder, tokenName)],
    ...dataArguments(folder),
    ...['--telemetry-level', 'off'],
    ...['--reconnection-grace-time', String(reconnectionGraceSeconds)],
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
  ];
}

function launch(
  { node, main }: InstalledServer,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): { readonly child: ChildProcess; readonly pid: number } {
  const child = spawn(node, [main, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A separate process group, so that Ctrl-C reaches this process first and the end is orderly.
    detached: true,
  });
  if (child.pid === undefined) {
    throw new SetupError(`VS Code could not be started with ${node}.`);
  }
  return { child, pid: child.pid };
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
    const onOutput = (): void => {
      const port = /Extension host agent listening on (\d+)/.exec(output())?.[1];
      if (port === undefined) {
        return;
      }
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
      child.stdout?.off('data', onOutput);
      child.off('exit', exited);
    };
    child.stdout?.on('data', onOutput);
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
  const isFile = workspace.endsWith('.code-workspace');
  url.searchParams.set(isFile ? 'workspace' : 'folder', workspace);
  if (payload.length > 0) {
    url.searchParams.set('payload', JSON.stringify(payload));
  }
  return url.href;
}
