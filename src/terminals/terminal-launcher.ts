import * as vscode from 'vscode';
import type { AttemptLaunch, Launcher } from '../engine/contract/ports.ts';
import { Emitter } from '../shared/emitter.ts';
import { failure, type Result, success } from '../shared/result.ts';
import { readRunnerEvents } from '../store/attempts/event-reader.ts';

/** Number of finished terminals to keep open for reading. Older ones are closed. */
const MAX_FINISHED = 8;
/** Number of terminals of one run to split side by side before a new terminal tab starts. */
const MAX_SPLITS = 3;

interface OpenTerminal {
  readonly terminal: vscode.Terminal;
  readonly directory: string;
  readonly run: string;
  /** `true` for a task, `false` for one of the run's own suites. */
  readonly isTask: boolean;
}

/** Starts each attempt in its own integrated terminal and splits the terminals of a run side by side. */
export class TerminalLauncher implements Launcher, vscode.Disposable {
  readonly #runner: string;
  readonly #open: OpenTerminal[] = [];
  readonly #hints = new Emitter<string>();
  readonly #closeSubscription: vscode.Disposable;

  readonly onHint = this.#hints.subscribe;

  /** `runner`: absolute path of dist/runner.js. */
  constructor(runner: string) {
    this.#runner = runner;
    this.#closeSubscription = vscode.window.onDidCloseTerminal((terminal) => {
      this.#onClosed(terminal);
    });
  }

  async launch({ directory, hashes, spec }: AttemptLaunch): Promise<Result<void, string>> {
    await this.#closeOldTerminals(spec.run);
    const isTask = spec.job === 'task';
    const parent = this.#parentTerminal(spec.run, isTask);
    const shouldReveal = this.#shouldReveal(spec.run, isTask);
    try {
      const terminal = vscode.window.createTerminal({
        name: `${spec.taskId} ${spec.title}`.slice(0, 60),
        shellPath: process.execPath,
        shellArgs: [this.#runner, directory, hashes.specHash, hashes.promptHash],
        cwd: spec.cwd,
        env: { ELECTRON_RUN_AS_NODE: '1', PARALLEL_GROUPS_KEEP_OPEN: '1' },
        iconPath: new vscode.ThemeIcon(isTask ? 'run-all' : 'beaker'),
        ...(parent === undefined ? {} : { location: { parentTerminal: parent } }),
      });
      this.#open.push({ terminal, directory, run: spec.run, isTask });
      if (shouldReveal) {
        terminal.show(true);
      }
      return success(undefined);
    } catch (error) {
      return failure(String(error));
    }
  }

  /** Reveals the terminal of an attempt; returns whether it exists. `pid`: its runner's process, `null` if ended. */
  async show(directory: string, pid: number | null): Promise<boolean> {
    const terminal =
      this.#open.find((open) => open.directory === directory)?.terminal ??
      (pid === null ? undefined : await terminalOfProcess(pid));
    terminal?.show();
    return terminal !== undefined;
  }

  dispose(): void {
    this.#closeSubscription.dispose();
  }

  /**
   * Whether to reveal the next terminal of this run: true for the first one, and for the first task's while the
   * terminal of a suite is active. Later terminals stay in the background, so that they do not interrupt a user who is
   * reading one.
   */
  #shouldReveal(run: string, isTask: boolean): boolean {
    const siblings = this.#open.filter((open) => open.run === run);
    const active = siblings.find(({ terminal }) => terminal === vscode.window.activeTerminal);
    const isFirstTask = isTask && !siblings.some((open) => open.isTask);
    return siblings.length === 0 || (isFirstTask && active !== undefined);
  }

  /** The terminal beside which the next one of this run opens; `undefined` to open it in a new tab. */
  #parentTerminal(run: string, isTask: boolean): vscode.Terminal | undefined {
    const siblings = this.#open.filter((open) => open.run === run && open.isTask === isTask);
    return siblings.length % MAX_SPLITS === 0 ? undefined : siblings.at(-1)?.terminal;
  }

  /** Closes the oldest terminals of other runs whose attempts have ended; the newest stay open for reading. */
  async #closeOldTerminals(run: string): Promise<void> {
    const others = this.#open.filter((open) => open.run !== run);
    const ended = await Promise.all(others.map(({ directory }) => hasEnded(directory)));
    const finished = others.filter((_, index) => ended[index] === true);
    for (const { terminal } of finished.slice(0, Math.max(0, finished.length - MAX_FINISHED))) {
      terminal.dispose();
    }
  }

  #onClosed(terminal: vscode.Terminal): void {
    const index = this.#open.findIndex((open) => open.terminal === terminal);
    const [open] = index === -1 ? [] : this.#open.splice(index, 1);
    if (open !== undefined) {
      this.#hints.fire(open.directory);
    }
  }
}

async function hasEnded(directory: string): Promise<boolean> {
  const read = await readRunnerEvents(directory, 0);
  return read.ok && read.value.events.at(-1)?.event.type === 'ended';
}

/** Finds a terminal by its process: after a reload, nothing else identifies it. */
async function terminalOfProcess(pid: number): Promise<vscode.Terminal | undefined> {
  for (const terminal of vscode.window.terminals) {
    if ((await terminal.processId) === pid) {
      return terminal;
    }
  }
  return undefined;
}
