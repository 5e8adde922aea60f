import * as vscode from 'vscode';
import type { SessionOptions } from './session-options.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { Disposable } from '../shared/disposable.ts';
import { Emitter } from '../shared/emitter.ts';
import type { GroupKey, TaskKey } from '../shared/ids.ts';
import { SETTINGS_SECTION } from '../shared/manifest.ts';
import type { GroupView, TaskView } from '../shared/views.ts';

/** What the groups view can say when it has no groups. */
export type SessionState = 'loading' | 'noFolder' | 'noTasks' | 'ready' | 'error';

/** How long after the start a run whose old window is still closing is waited for, ms. */
const ADOPTION_MS = 30_000;
const ADOPTION_STEP_MS = 500;

/** The open folder with its plans and runs, for as long as the window lives. */
export class Session implements Disposable {
  readonly #options: SessionOptions;
  readonly #changes = new Emitter<undefined>();
  readonly #ended = new Emitter<GroupKey>();
  readonly #subscriptions: vscode.Disposable[] = [];
  readonly #running = new Set<GroupKey>();
  #workspace: Workspace | null = null;
  #state: SessionState = 'loading';
  #error = '';
  #disposed = false;

  /** Fires whenever any view may look different. */
  readonly onChange = this.#changes.subscribe;
  /** Fires when a run that this window coordinates is over. */
  readonly onRunEnded = this.#ended.subscribe;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** What went wrong, where the state is `error`. */
  get error(): string {
    return this.#error;
  }

  get root(): string | null {
    return this.#workspace?.root ?? null;
  }

  groups(): GroupView[] {
    return this.#workspace?.groups() ?? [];
  }

  group(key: GroupKey): GroupView | undefined {
    return this.groups().find((group) => group.key === key);
  }

  task(key: TaskKey): TaskView | undefined {
    return this.groups()
      .flatMap(({ tasks }) => tasks)
      .find((task) => task.key === key);
  }

  workspace(): Workspace | null {
    return this.#workspace;
  }

  /** Opens the first folder of the window. */
  async open(): Promise<void> {
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
    if (folder === undefined) {
      this.#become('noFolder');
      return;
    }
    try {
      await this.#openFolder(folder.uri.fsPath);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Reads everything again. */
  async refresh(): Promise<void> {
    if (this.#workspace === null) {
      await this.open();
      return;
    }
    await this.#workspace.refresh();
    this.#changed();
  }

  dispose(): void {
    this.#disposed = true;
    this.#workspace?.dispose();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  /** Lets go of the runs properly, where there is time for it. */
  async release(): Promise<void> {
    this.#disposed = true;
    await this.#workspace?.release();
    this.dispose();
  }

  async #openFolder(root: string): Promise<void> {
    const { log } = this.#options;
    const { openFolder } = await import('./open-folder.ts');
    const opened = await openFolder(root, this.#options);
    if (!opened.ok) {
      this.#fail(opened.failure);
      return;
    }
    const { workspace, watching } = opened.value;
    if (this.#disposed) {
      watching.dispose();
      workspace.dispose();
      return;
    }
    this.#workspace = workspace;
    this.#subscriptions.push(
      vscode.Disposable.from(
        workspace.onChange(() => {
          this.#changed();
        }),
      ),
      watching,
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.#trusted()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SETTINGS_SECTION)) {
          void this.refresh();
        }
      }),
    );
    workspace.configProblems.forEach((problem) => {
      log.warn(problem);
    });
    this.#changed();
    await this.#adopt(Date.now() + ADOPTION_MS);
  }

  async #trusted(): Promise<void> {
    await this.refresh();
    await this.#adopt(Date.now() + ADOPTION_MS);
  }

  /**
   * Takes up the runs that the window before left behind. A window that is just closing may hold them a moment longer;
   * one that goes on holding them is another window, and stays the one that coordinates.
   */
  async #adopt(until: number): Promise<void> {
    while (!this.#disposed && vscode.workspace.isTrusted) {
      const workspace = this.#workspace;
      for (const key of workspace?.unfinished() ?? []) {
        const resumed = await workspace?.resume(key);
        if (resumed?.ok === false) {
          this.#options.log.warn(`${key}: ${resumed.failure.message}`);
        }
      }
      const waiting = this.groups().some(
        ({ run }) => run?.holder === 'other' && run.endedAt === null,
      );
      if (!waiting || Date.now() > until) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, ADOPTION_STEP_MS));
    }
  }

  #changed(): void {
    const groups = this.groups();
    this.#state = groups.length === 0 ? 'noTasks' : 'ready';
    this.#changes.fire(undefined);
    for (const { key, run } of groups) {
      if (run?.holder === 'mine' && run.state !== 'ended') {
        this.#running.add(key);
      } else if (run?.holder === 'other') {
        // Whoever took it over tells of its end.
        this.#running.delete(key);
      } else if (run?.state === 'ended' && this.#running.delete(key)) {
        this.#ended.fire(key);
      }
    }
  }

  #become(state: SessionState): void {
    this.#state = state;
    this.#changes.fire(undefined);
  }

  #fail(error: unknown): void {
    this.#error = error instanceof Error ? error.message : String(error);
    this.#options.log.error(error instanceof Error ? error : String(error));
    this.#become('error');
  }
}
