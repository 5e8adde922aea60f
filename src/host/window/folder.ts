import { join, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { WorkflowBoard } from '../../engine/workflow/workflow-board.ts';
import type { Workspace } from '../../engine/workspace/workspace.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { asGroupKey, type GroupKey } from '../../shared/ids.ts';
import type { GroupView, TaskView } from '../../shared/view-models/group-views.ts';
import type { PlanStore } from '../../tasks/plans/plan-store.ts';
import { FolderPrefix } from './folder-prefix.ts';
import type { WindowOptions } from './window-options.ts';

/** How long after the start a run whose old window is still closing is waited for, ms. */
const ADOPTION_MS = 30_000;
const ADOPTION_STEP_MS = 500;

/** What a folder tells its session. */
export interface FolderListener {
  /** Any view may look different. */
  readonly changed: () => void;
  /** A run that this window coordinates is over. */
  readonly ended: (key: GroupKey) => void;
}

/** One folder of the window, with its plans and runs. */
export class Folder implements Disposable {
  readonly uri: vscode.Uri;
  /** What its keys, sources and paths begin with in views; `''` in a window with one folder. */
  readonly prefix: string;
  readonly workspace: Workspace;
  readonly plans: PlanStore;
  readonly workflows: WorkflowBoard;
  readonly #qualifier: FolderPrefix;
  readonly #log: WindowOptions['log'];
  readonly #subscriptions: Disposable[];
  #views: readonly GroupView[] | null = null;
  #drawnAt = 0;
  #disposed = false;

  private constructor(
    uri: vscode.Uri,
    prefix: string,
    opened: {
      readonly workspace: Workspace;
      readonly plans: PlanStore;
      readonly workflows: WorkflowBoard;
      readonly watching: Disposable;
    },
    { log }: WindowOptions,
    { changed, ended }: FolderListener,
  ) {
    this.uri = uri;
    this.prefix = prefix;
    this.#qualifier = new FolderPrefix(prefix);
    this.workspace = opened.workspace;
    this.plans = opened.plans;
    this.workflows = opened.workflows;
    this.#log = log;
    this.#subscriptions = [
      opened.watching,
      opened.workflows.onChange(changed),
      opened.workspace.bus.subscribe('workspace.changed', 'views', () => {
        this.#views = null;
        changed();
      }),
      opened.workspace.bus.subscribe('run.ended', 'notifications', ({ group }) => {
        // What is told of its end is read from the views.
        this.#views = null;
        ended(asGroupKey(`${prefix}${group}`));
      }),
    ];
  }

  /** Opens a folder; what cannot be opened is a sentence. Parsers and engine load on the first call. */
  static async open(
    uri: vscode.Uri,
    prefix: string,
    options: WindowOptions,
    news: FolderListener,
  ): Promise<Folder | string> {
    const { openFolder } = await import('./open-folder.ts');
    const opened = await openFolder(uri, prefix, options);
    if (!opened.ok) {
      return opened.failure;
    }
    for (const problem of opened.value.workspace.configProblems) {
      options.log.warn(problem);
    }
    return new Folder(uri, prefix, opened.value, options, news);
  }

  /** Whether there is any group to show; projects none. */
  hasGroups(): boolean {
    return this.workspace.hasGroups();
  }

  /** Every group as views show it. Drawn once for all views; what tells a time is never older than a second. */
  groups(): readonly GroupView[] {
    const now = Date.now();
    if (this.#views === null || now - this.#drawnAt >= DRAWN_FOR_MS) {
      this.#views = this.workspace.groups().map((group) => this.#qualifier.group(group));
      this.#drawnAt = now;
    }
    return this.#views;
  }

  /** The file in which a task of a view stands. */
  uriOf({ place }: Pick<TaskView, 'place'>): vscode.Uri {
    return vscode.Uri.file(join(this.uri.fsPath, place.file.slice(this.prefix.length)));
  }

  /** The path of a file in this folder, relative to it and with `/`; `null` if it is elsewhere. */
  pathOf(uri: vscode.Uri): string | null {
    const path = relative(this.uri.fsPath, uri.fsPath).replaceAll(sep, '/');
    return uri.scheme !== 'file' || path === '' || path.startsWith('../') ? null : path;
  }

  /**
   * Takes up the runs that the window before left behind. A window that is just closing may hold them a moment longer;
   * one that goes on holding them is another window, and stays the one that coordinates.
   */
  async adopt(): Promise<void> {
    const until = Date.now() + ADOPTION_MS;
    while (!this.#disposed && vscode.workspace.isTrusted) {
      for (const key of this.workspace.runs.unfinished()) {
        const resumed = await this.workspace.control.resume(key);
        if (!resumed.ok) {
          this.#log.warn(`${key}: ${resumed.failure.message}`);
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

  async refresh(): Promise<void> {
    await this.workspace.refresh();
    this.#views = null;
  }

  /** Lets go of the runs properly, where there is time for it. */
  async release(): Promise<void> {
    this.#disposed = true;
    // Before its runs are let go of: else it would start the next.
    this.workflows.dispose();
    await this.workspace.release();
    this.dispose();
  }

  dispose(): void {
    this.#disposed = true;
    this.workflows.dispose();
    this.workspace.dispose();
    for (const subscription of this.#subscriptions.splice(0)) {
      subscription.dispose();
    }
  }
}

const DRAWN_FOR_MS = 900;
