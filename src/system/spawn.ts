import { type ChildProcess, spawn, type SpawnOptions, type StdioOptions } from 'node:child_process';
import type { Command } from '../coordinator/schema/attempt.ts';
import { failure, type Result, success } from '../shared/result.ts';

export interface StartOptions {
  /** Absolute. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdio: StdioOptions;
  /** Whether it shares our terminal and process group; default: no. */
  readonly foreground?: boolean;
}

/**
 * Starts a command: an argv unchanged, never through a shell; a shell line by the platform's shell, as npm runs scripts
 * (`sh -c`, `cmd /d /s /c`). On POSIX it leads a separate process group unless `foreground`, so that a signal meant for
 * the terminal reaches us first. Fails if the start cannot even be attempted (a NUL in an argument); the child's
 * `error` event reports a start that fails later.
 */
export async function spawnCommand(
  command: Command,
  options: StartOptions,
): Promise<Result<ChildProcess, Error>> {
  const { file, args, verbatim } = resolveCommand(command);
  try {
    const start = verbatim || process.platform !== 'win32' ? spawn : await windowsSpawn();
    const spawnOptions: SpawnOptions = {
      cwd: options.cwd,
      env: options.env,
      stdio: options.stdio,
      detached: process.platform !== 'win32' && options.foreground !== true,
      windowsHide: true,
      windowsVerbatimArguments: verbatim,
    };
    return success(start(file, args, spawnOptions));
  } catch (error) {
    return failure(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Loads `cross-spawn`: Node starts `.cmd` files (`claude` and others) only through `cmd.exe`, quoted by its rules. */
async function windowsSpawn(): Promise<typeof spawn> {
  const { default: crossSpawn } = await import('cross-spawn');
  return crossSpawn as typeof spawn;
}

/** Returns the file and the arguments that execute `command`; `verbatim`: Windows must not quote them again. */
export function resolveCommand(
  command: Command,
  platform: NodeJS.Platform = process.platform,
): { readonly file: string; readonly args: readonly string[]; readonly verbatim: boolean } {
  switch (command.kind) {
    case 'argv': {
      const [file = '', ...args] = command.argv;
      return { file, args, verbatim: false };
    }
    case 'shell':
      return platform === 'win32'
        ? {
            file: process.env.ComSpec ?? 'cmd.exe',
            args: ['/d', '/s', '/c', `"${command.line}"`],
            verbatim: true,
          }
        : { file: '/bin/sh', args: ['-c', command.line], verbatim: false };
  }
}

/**
 * Returns the environment for a program that VS Code or our runner starts, without the variables that concern only VS
 * Code (`ELECTRON_RUN_AS_NODE` would turn the user's Electron programs into Node, `VSCODE_*` exposes its internals).
 */
export function cleanedEnvironment(
  from: NodeJS.ProcessEnv,
  added: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const kept = Object.entries(from).filter(
    ([name]) => name !== 'ELECTRON_RUN_AS_NODE' && !name.toUpperCase().startsWith('VSCODE_'),
  );
  return { ...Object.fromEntries(kept), ...added };
}
