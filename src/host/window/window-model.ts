import * as vscode from 'vscode';
import type { Workspace } from '../../engine/workspace/workspace.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { Emitter } from '../../shared/emitter.ts';
import { Gather } from '../../shared/gather.ts';
import {
  asGroupKey,
  asTaskKey,
  type GroupKey,
  type SourceId,
  type TaskKey,
} from '../../shared/ids.ts';
import { SETTINGS_SECTION } from '../../shared/manifest.ts';
import { SerialQueue } from '../../shared/serial-queue.ts';
import type { GroupView, TaskView } from '../../shared/view-models/group-views.ts';
import type { WorkflowView } from '../../shared/view-models/workflow-view.ts';
import { systemClock } from '../../system/clock.ts';
import type { AskModal } from '../dialogs/approval-dialog.ts';
import { Folder } from './folder.ts';
import type { WindowOptions } from './window-options.ts';

/** Time during which changes are combined into one notification of the views, ms. */
const NOTIFY_MS = 50;

/** The state that the groups view shows, which explains why it has no groups. */
export type WindowState = 'loading' | 'noFolder' | 'noTasks' | 'ready' | 'error';

/** The folder of a view's group and the group's key in that folder. */
export interface LocatedGroup {
  readonly folder: Folder;
  readonly workspace: Workspace;
  readonly key: GroupKey;
}

/** A file in one of the folders. */
export interface LocatedFile {
  readonly folder: Folder;
  /** Relative to the folder, with `/`. */
  readonly path: string;
}

/** The open folders with their plans and runs, for the lifetime of the window. */
export class WindowModel implements Disposable {
  readonly #options: WindowOptions;
  readonly #changes = new Emitter<undefined>();
  readonly #changeBatch = new Gather(
    NOTIFY_MS,
    () => {
      this.#changes.fire(undefined);
    },
    (ms, call) => systemClock.after(ms, call),
  );
  readonly #runEnded = new Emitter<GroupKey>();
  readonly #adopted = new Emitter<Folder>();
  readonly #subscriptions: vscode.Disposable[] = [];
  #folders: readonly Folder[] = [];
  #state: WindowState = 'loading';
  #error = '';
  #disposed = false;
  /** Serializes the opening and closing of folders. */
  readonly #queue = new SerialQueue();

  /** Fires when views may have changed: at most once in 50 ms, for all changes since the last time. */
  readonly onChange = this.#changes.subscribe;
  /** Fires when a run that this window coordinates has ended. */
  readonly onRunEnded = this.#runEnded.subscribe;
  /** Fires when a folder has finished adopting the runs that the previous window left behind. */
  readonly onAdopted = this.#adopted.subscribe;

  constructor(options: WindowOptions) {
    this.#options = options;
    this.#subscriptions.push(
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.open()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.#onTrusted()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SETTINGS_SECTION)) {
          void this.refresh();
        }
      }),
    );
  }

  get state(): WindowState {
    return this.#state;
  }

  /** The error message if the state is `error`. */
  get error(): string {
    return this.#error;
  }

  /** Asks the user a question in a dialog. */
  get ask(): AskModal {
    return this.#options.ask;
  }

  /** The folders opened so far, in the window's order. */
  folders(): readonly Folder[] {
    return this.#folders;
  }

  /** Absolute path of the first folder; `null` if no folder is open. */
  get root(): string | null {
    return this.#folders[0]?.workspace.root ?? null;
  }

  /** Every group of every folder, in the order of folders and plans. */
  groups(): readonly GroupView[] {
    const [first, ...others] = this.#folders;
    const groups = first?.groups() ?? [];
    return others.length === 0 ? groups : this.#folders.flatMap((folder) => folder.groups());
  }

  group(key: GroupKey): GroupView | undefined {
    return this.groups().find((group) => group.key === key);
  }

  /** The workflow of a group's newest run; `null` if it has none or the workflow has not been read yet. */
  workflowOf({ key, run }: GroupView): WorkflowView | null {
    const part = run?.stage ?? null;
    return part === null ? null : (this.folderOf(key)?.workflows.view(part) ?? null);
  }

  task(key: TaskKey): TaskView | undefined {
    for (const { tasks } of this.groups()) {
      const task = tasks.find((each) => each.key === key);
      if (task !== undefined) {
        return task;
      }
    }
    return undefined;
  }

  /** The folder that coordinates a view's group, and its key there; `null` if it belongs to no open folder. */
  locate(key: GroupKey): LocatedGroup | null {
    const folder = this.folderOf(key);
    if (folder === null) {
      return null;
    }
    const { workspace, prefix } = folder;
    return { folder, workspace, key: asGroupKey(key.slice(prefix.length)) };
  }

  /** The folder of a view's group, task or source; `null` if it belongs to no open folder. */
  folderOf(key: GroupKey | TaskKey | SourceId): Folder | null {
    return this.#folders.find(({ prefix }) => key.startsWith(prefix)) ?? null;
  }

  /** The key of a task in its own folder's plan. */
  localTask(key: TaskKey): TaskKey {
    return asTaskKey(key.slice(this.folderOf(key)?.prefix.length ?? 0));
  }

  /** The plan file that contains a view's task; `null` if the task belongs to no open folder. */
  uriOf(task: Pick<TaskView, 'key' | 'place'>): vscode.Uri | null {
    return this.folderOf(task.key)?.uriOf(task) ?? null;
  }

  /** The folder of a file, the innermost if folders are nested; `null` if the file is in none. */
  fileOf(uri: vscode.Uri): LocatedFile | null {
    const located = this.#folders.flatMap((folder) => {
      const path = folder.pathOf(uri);
      return path === null ? [] : [{ folder, path }];
    });
    return located.sort((a, b) => a.path.length - b.path.length)[0] ?? null;
  }

  /** Opens the window's current folders and releases those that were removed. */
  open(): Promise<void> {
    return this.#queue.run(() =>
      this.#syncFolders().catch((error: unknown) => {
        this.#reportError(error);
      }),
    );
  }

  /** Reads all folders again. */
  async refresh(): Promise<void> {
    if (this.#folders.length === 0) {
      await this.open();
      return;
    }
    await Promise.all(this.#folders.map((folder) => folder.refresh()));
    this.#changed();
  }

  dispose(): void {
    this.#disposed = true;
    this.#changeBatch.dispose();
    vscode.Disposable.from(...this.#folders, ...this.#subscriptions).dispose();
  }

  /** Releases the runs in order, then disposes. Use it instead of `dispose` if there is time to wait. */
  async release(): Promise<void> {
    this.#disposed = true;
    await Promise.all(this.#folders.map((folder) => folder.release()));
    this.dispose();
  }

  async #syncFolders(): Promise<void> {
    const workspaceFolders = (vscode.workspace.workspaceFolders ?? []).filter(
      ({ uri }) => uri.scheme === 'file',
    );
    const prefixes = prefixesOf(workspaceFolders);
    const folders: Folder[] = [];
    for (const [index, { uri }] of workspaceFolders.entries()) {
      const prefix = prefixes[index] ?? '';
      const open = this.#folders.find(
        (folder) => folder.uri.toString() === uri.toString() && folder.prefix === prefix,
      );
      const opened = open ?? (await this.#openFolder(uri, prefix));
      if (opened !== null) {
        folders.push(opened);
      }
    }
    const removed = this.#folders.filter((folder) => !folders.includes(folder));
    this.#folders = folders;
    await Promise.all(removed.map((folder) => folder.release()));
    if (this.#disposed) {
      vscode.Disposable.from(...folders).dispose();
    } else if (workspaceFolders.length === 0) {
      this.#setState('noFolder');
    } else if (folders.length > 0) {
      this.#changed();
    }
  }

  async #openFolder(uri: vscode.Uri, prefix: string): Promise<Folder | null> {
    const opened = await Folder.open(uri, prefix, this.#options, {
      changed: () => {
        this.#changed();
      },
      ended: (key) => {
        this.#runEnded.fire(key);
      },
    });
    if (typeof opened === 'string') {
      this.#reportError(opened);
      return null;
    }
    // Defers adoption until `#folders` includes the folder.
    setTimeout(() => void this.#adopt(opened), 0);
    return opened;
  }

  async #onTrusted(): Promise<void> {
    await this.refresh();
    await Promise.all(this.#folders.map((folder) => this.#adopt(folder)));
  }

  async #adopt(folder: Folder): Promise<void> {
    await folder.adopt();
    if (!this.#disposed && vscode.workspace.isTrusted) {
      this.#adopted.fire(folder);
    }
  }

  /** Updates the state. Projects nothing, because it runs for every event of every run. */
  #changed(): void {
    this.#setState(this.#folders.some((folder) => folder.hasGroups()) ? 'ready' : 'noTasks');
  }

  #setState(state: WindowState): void {
    this.#state = state;
    this.#changeBatch.notify();
  }

  #reportError(error: unknown): void {
    this.#error = error instanceof Error ? error.message : String(error);
    this.#options.log.error(error instanceof Error ? error : String(error));
    this.#setState('error');
  }
}

/** Returns a prefix for each folder: none for a single folder; folders of the same name get numbers after the first. */
function prefixesOf(folders: readonly vscode.WorkspaceFolder[]): readonly string[] {
  if (folders.length < 2) {
    return folders.map(() => '');
  }
  const seen = new Map<string, number>();
  return folders.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? `${name}/` : `${name} (${count})/`;
  });
}
