import * as vscode from 'vscode';
import type { AttemptLaunch, Launcher } from '../engine/contract/ports.ts';
import { Emitter } from '../shared/emitter.ts';
import { failure, type Result, success } from '../shared/result.ts';
import { readRunnerEvents } from '../store/attempts/event-reader.ts';

/** Finished terminals that stay open to be read; older ones are closed. */
const MOST_FINISHED = 8;
/** A group's terminals stand side by side, this many in one place. */
const SIDE_BY_SIDE = 3;

interface OpenTerminal {
  readonly terminal: vscode.Terminal;
  readonly directory: string;
  readonly run: string;
  /** Whether it shows a task, or one of the run's own checks. */
  readonly isTask: boolean;
}

/** Starts every attempt in an integrated terminal of its own; a run's terminals belong together. */
export class TerminalLauncher implements Launcher, vscode.Disposable {
  readonly #runner: string;
  readonly #open: OpenTerminal[] = [];
  readonly #hints = new Emitter<string>();
  readonly #closing: vscode.Disposable;

  readonly onHint = this.#hints.subscribe;

  /** `runner`: absolute path of dist/runner.js. */
  constructor(runner: string) {
    this.#runner = runner;
    this.#closing = vscode.window.onDidCloseTerminal((terminal) => {
      this.#closed(terminal);
    });
  }

  async launch({ directory, hashes, spec }: AttemptLaunch): Promise<Result<void, string>> {
    await this.#tidy(spec.run);
    const isTask = spec.job === 'task';
    const parent = this.#neighbour(spec.run, isTask);
    const isWatched = this.#isWatched(spec.run, isTask);
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
      if (isWatched) {
        terminal.show(true);
      }
      return success(undefined);
    } catch (error) {
      return failure(String(error));
    }
  }

  /** Brings the terminal of an attempt to the front; whether there is one. `pid`: of its runner, if it runs. */
  async show(directory: string, pid: number | null): Promise<boolean> {
    const terminal =
      this.#open.find((open) => open.directory === directory)?.terminal ??
      (pid === null ? undefined : await byProcess(pid));
    terminal?.show();
    return terminal !== undefined;
  }

  dispose(): void {
    this.#closing.dispose();
  }

  /**
   * Whether the next terminal of this run is brought to the front: the first one, and the first task's in the place of a
   * check. Later ones stay in the background: whoever reads one terminal is not torn away from it.
   */
  #isWatched(run: string, isTask: boolean): boolean {
    const siblings = this.#open.filter((open) => open.run === run);
    const active = siblings.find(({ terminal }) => terminal === vscode.window.activeTerminal);
    const isFirstTask = isTask && !siblings.some((open) => open.isTask);
    return siblings.length === 0 || (isFirstTask && active !== undefined);
  }

  /** The terminal that the next one of this run is put beside. */
  #neighbour(run: string, isTask: boolean): vscode.Terminal | undefined {
    const siblings = this.#open.filter((open) => open.run === run && open.isTask === isTask);
    return siblings.length % SIDE_BY_SIDE === 0 ? undefined : siblings.at(-1)?.terminal;
  }

  /** Closes the oldest terminals of other runs whose attempts are over, so that only the newest stay to be read. */
  async #tidy(run: string): Promise<void> {
    const others = this.#open.filter((open) => open.run !== run);
    const over = await Promise.all(others.map(({ directory }) => hasEnded(directory)));
    const finished = others.filter((_, place) => over[place] === true);
    for (const { terminal } of finished.slice(0, Math.max(0, finished.length - MOST_FINISHED))) {
      terminal.dispose();
    }
  }

  #closed(terminal: vscode.Terminal): void {
    const place = this.#open.findIndex((open) => open.terminal === terminal);
    const [open] = place === -1 ? [] : this.#open.splice(place, 1);
    if (open !== undefined) {
      this.#hints.fire(open.directory);
    }
  }
}

async function hasEnded(directory: string): Promise<boolean> {
  const read = await readRunnerEvents(directory, 0);
  return read.ok && read.value.events.at(-1)?.event.type === 'ended';
}

/** After a reload only the process tells which terminal it is. */
async function byProcess(pid: number): Promise<vscode.Terminal | undefined> {
  for (const terminal of vscode.window.terminals) {
    if ((await terminal.processId) === pid) {
      return terminal;
    }
  }
  return undefined;
}
