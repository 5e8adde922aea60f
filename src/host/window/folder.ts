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

/** Time after startup to wait for a run whose previous window is still closing, ms. */
const ADOPTION_MS = 30_000;
const ADOPTION_STEP_MS = 500;
/** Maximum age of projected groups, ms; below one second, because they contain elapsed times. */
const VIEWS_MAX_AGE_MS = 900;

/** The events that a folder reports to the window model. */
export interface FolderListener {
  /** Called when any view may have changed. */
  readonly changed: () => void;
  /** Called when a run that this window coordinates has ended. */
  readonly ended: (key: GroupKey) => void;
}

/** One folder of the window, with its plans and runs. */
export class Folder implements Disposable {
  readonly uri: vscode.Uri;
  /** The prefix of its keys, sources and paths in views; `''` in a window with one folder. */
  readonly prefix: string;
  readonly workspace: Workspace;
  readonly plans: PlanStore;
  readonly workflows: WorkflowBoard;
  readonly #folderPrefix: FolderPrefix;
  readonly #log: WindowOptions['log'];
  readonly #subscriptions: Disposable[];
  #views: readonly GroupView[] | null = null;
  #viewsAt = 0;
  #disposed = false;

  private constructor(
    uri: vscode.Uri,
    prefix: string,
    opened: {
      readonly workspace: Workspace;
      readonly plans: PlanStore;
      readonly workflows: WorkflowBoard;
      readonly watcher: Disposable;
    },
    { log }: WindowOptions,
    { changed, ended }: FolderListener,
  ) {
    this.uri = uri;
    this.prefix = prefix;
    this.#folderPrefix = new FolderPrefix(prefix);
    this.workspace = opened.workspace;
    this.plans = opened.plans;
    this.workflows = opened.workflows;
    this.#log = log;
    this.#subscriptions = [
      opened.watcher,
      opened.workflows.onChange(changed),
      opened.workspace.bus.subscribe('workspace.changed', 'views', () => {
        this.#views = null;
        changed();
      }),
      opened.workspace.bus.subscribe('run.ended', 'notifications', ({ group }) => {
        // Drops the cached views, because the listener announces the end from them.
        this.#views = null;
        ended(asGroupKey(`${prefix}${group}`));
      }),
    ];
  }

  /** Opens a folder; returns a sentence for the user on failure. Loads parsers and engine on the first call. */
  static async open(
    uri: vscode.Uri,
    prefix: string,
    options: WindowOptions,
    listener: FolderListener,
  ): Promise<Folder | string> {
    const { openFolder } = await import('./open-folder.ts');
    const opened = await openFolder(uri, prefix, options);
    if (!opened.ok) {
      return opened.failure;
    }
    for (const problem of opened.value.workspace.configProblems) {
      options.log.warn(problem);
    }
    return new Folder(uri, prefix, opened.value, options, listener);
  }

  /** Whether there is any group to show. Projects none, so it is cheap. */
  hasGroups(): boolean {
    return this.workspace.hasGroups();
  }

  /** Every group as views show it, projected once for all views. Elapsed times are at most one second old. */
  groups(): readonly GroupView[] {
    const now = Date.now();
    if (this.#views === null || now - this.#viewsAt >= VIEWS_MAX_AGE_MS) {
      this.#views = this.workspace.groups().map((group) => this.#folderPrefix.group(group));
      this.#viewsAt = now;
    }
    return this.#views;
  }

  /** The plan file that contains a view's task. */
  uriOf({ place }: Pick<TaskView, 'place'>): vscode.Uri {
    return vscode.Uri.file(join(this.uri.fsPath, place.file.slice(this.prefix.length)));
  }

  /** The path of a file relative to this folder, with `/`; `null` if the file is outside the folder. */
  pathOf(uri: vscode.Uri): string | null {
    const path = relative(this.uri.fsPath, uri.fsPath).replaceAll(sep, '/');
    return uri.scheme !== 'file' || path === '' || path.startsWith('../') ? null : path;
  }

  /**
   * Resumes the runs that the previous window left behind. A closing window may hold their locks a moment longer, so it
   * retries for a while. A window that still holds them after that is another window, which continues to coordinate
   * them.
   */
  async adopt(): Promise<void> {
    const deadline = Date.now() + ADOPTION_MS;
    while (!this.#disposed && vscode.workspace.isTrusted) {
      for (const key of this.workspace.runs.unfinished()) {
        const resumed = await this.workspace.control.resume(key);
        if (!resumed.ok) {
          this.#log.warn(`${key}: ${resumed.failure.message}`);
        }
      }
      const isHeldElsewhere = this.groups().some(
        ({ run }) => run?.holder === 'other' && run.endedAt === null,
      );
      if (!isHeldElsewhere || Date.now() > deadline) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, ADOPTION_STEP_MS));
    }
  }

  async refresh(): Promise<void> {
    await this.workspace.refresh();
    this.#views = null;
  }

  /** Releases the runs in order, then disposes. Use it instead of `dispose` if there is time to wait. */
  async release(): Promise<void> {
    this.#disposed = true;
    // Disposes workflows before the runs are released: otherwise a workflow would start its next run.
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
