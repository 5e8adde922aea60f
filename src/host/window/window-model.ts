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

/** Changes within this time reach the views together, ms. */
const NOTIFY_MS = 50;

/** What the groups view can say when it has no groups. */
export type WindowState = 'loading' | 'noFolder' | 'noTasks' | 'ready' | 'error';

/** A group of a view, in the folder that it is of and with its key there. */
export interface LocatedGroup {
  readonly folder: Folder;
  readonly workspace: Workspace;
  readonly key: GroupKey;
}

/** A file of one of the folders. */
export interface LocatedFile {
  readonly folder: Folder;
  /** Relative to the folder, with `/`. */
  readonly path: string;
}

/** The open folders with their plans and runs, for as long as the window lives. */
export class WindowModel implements Disposable {
  readonly #options: WindowOptions;
  readonly #changes = new Emitter<undefined>();
  readonly #gather = new Gather(
    NOTIFY_MS,
    () => {
      this.#changes.fire(undefined);
    },
    (ms, call) => systemClock.after(ms, call),
  );
  readonly #ended = new Emitter<GroupKey>();
  readonly #adopted = new Emitter<Folder>();
  readonly #subscriptions: vscode.Disposable[] = [];
  #folders: readonly Folder[] = [];
  #state: WindowState = 'loading';
  #error = '';
  #disposed = false;
  /** Folders are opened and closed one change after the other. */
  readonly #queue = new SerialQueue();

  /** Fires when views may show something else: at most once in 50 ms, for all that happened since. */
  readonly onChange = this.#changes.subscribe;
  /** Fires when a run that this window coordinates is over. */
  readonly onRunEnded = this.#ended.subscribe;
  /** Fires when the runs that the window before left behind were looked after in a folder. */
  readonly onAdopted = this.#adopted.subscribe;

  constructor(options: WindowOptions) {
    this.#options = options;
    this.#subscriptions.push(
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.open()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.#trusted()),
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

  /** What went wrong, where the state is `error`. */
  get error(): string {
    return this.#error;
  }

  /** Asks a person a question in a dialog. */
  get ask(): AskModal {
    return this.#options.ask;
  }

  /** Those that are open by now, in the window's order. */
  folders(): readonly Folder[] {
    return this.#folders;
  }

  /** Absolute path of the first folder. */
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

  /** The workflow that a group's newest run is part of; `null`: none, or it is not read yet. */
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

  /** Where a group of a view is coordinated, and its key there; `null` if it is of no open folder. */
  locate(key: GroupKey): LocatedGroup | null {
    const folder = this.folderOf(key);
    if (folder === null) {
      return null;
    }
    const { workspace, prefix } = folder;
    return { folder, workspace, key: asGroupKey(key.slice(prefix.length)) };
  }

  /** The folder of a group, task or source of a view. */
  folderOf(key: GroupKey | TaskKey | SourceId): Folder | null {
    return this.#folders.find(({ prefix }) => key.startsWith(prefix)) ?? null;
  }

  /** The key that a task has in its own folder's plan. */
  localTask(key: TaskKey): TaskKey {
    return asTaskKey(key.slice(this.folderOf(key)?.prefix.length ?? 0));
  }

  /** The file in which a task of a view stands. */
  uriOf(task: Pick<TaskView, 'key' | 'place'>): vscode.Uri | null {
    return this.folderOf(task.key)?.uriOf(task) ?? null;
  }

  /** The folder that a file is in; the innermost, where folders are nested. */
  fileOf(uri: vscode.Uri): LocatedFile | null {
    const found = this.#folders.flatMap((folder) => {
      const path = folder.pathOf(uri);
      return path === null ? [] : [{ folder, path }];
    });
    return found.sort((a, b) => a.path.length - b.path.length)[0] ?? null;
  }

  /** Opens the folders that the window has now, and lets go of those that it has no more. */
  open(): Promise<void> {
    return this.#queue.run(() =>
      this.#follow().catch((error: unknown) => {
        this.#fail(error);
      }),
    );
  }

  /** Reads everything again. */
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
    this.#gather.dispose();
    vscode.Disposable.from(...this.#folders, ...this.#subscriptions).dispose();
  }

  /** Lets go of the runs properly, where there is time for it. */
  async release(): Promise<void> {
    this.#disposed = true;
    await Promise.all(this.#folders.map((folder) => folder.release()));
    this.dispose();
  }

  async #follow(): Promise<void> {
    const wanted = (vscode.workspace.workspaceFolders ?? []).filter(
      ({ uri }) => uri.scheme === 'file',
    );
    const prefixes = prefixesOf(wanted);
    const folders: Folder[] = [];
    for (const [place, { uri }] of wanted.entries()) {
      const prefix = prefixes[place] ?? '';
      const open = this.#folders.find(
        (folder) => folder.uri.toString() === uri.toString() && folder.prefix === prefix,
      );
      const opened = open ?? (await this.#openFolder(uri, prefix));
      if (opened !== null) {
        folders.push(opened);
      }
    }
    const gone = this.#folders.filter((folder) => !folders.includes(folder));
    this.#folders = folders;
    await Promise.all(gone.map((folder) => folder.release()));
    if (this.#disposed) {
      vscode.Disposable.from(...folders).dispose();
    } else if (wanted.length === 0) {
      this.#become('noFolder');
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
        this.#ended.fire(key);
      },
    });
    if (typeof opened === 'string') {
      this.#fail(opened);
      return null;
    }
    // It is a folder of the session by then.
    setTimeout(() => void this.#adopt(opened), 0);
    return opened;
  }

  async #trusted(): Promise<void> {
    await this.refresh();
    await Promise.all(this.#folders.map((folder) => this.#adopt(folder)));
  }

  async #adopt(folder: Folder): Promise<void> {
    await folder.adopt();
    if (!this.#disposed && vscode.workspace.isTrusted) {
      this.#adopted.fire(folder);
    }
  }

  /** Called for every event of every run: it projects nothing. */
  #changed(): void {
    this.#become(this.#folders.some((folder) => folder.hasGroups()) ? 'ready' : 'noTasks');
  }

  #become(state: WindowState): void {
    this.#state = state;
    this.#gather.notify();
  }

  #fail(error: unknown): void {
    this.#error = error instanceof Error ? error.message : String(error);
    this.#options.log.error(error instanceof Error ? error : String(error));
    this.#become('error');
  }
}

/** One folder needs no name; of several with one name, all but the first get a number. */
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
