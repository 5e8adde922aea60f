import { relative, resolve, sep } from 'node:path';
import { assemblePlan } from '../../coordinator/plan/assemble-plan.ts';
import { findTask } from '../../coordinator/plan/identity.ts';
import type { Plan, SourceSnapshot } from '../../coordinator/schema/task.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { Emitter, type Subscribe } from '../../shared/emitter.ts';
import { asSourceId, asTaskId, type SourceId, taskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { SerialQueue } from '../../shared/serial-queue.ts';
import type { CloseFailure, TaskIdentity } from '../format/format.ts';
import type { BdPath, ToolStatus } from '../format/tool-plan.ts';
import { companionOwner } from '../read/formats.ts';
import { readSource } from '../read/read-source.ts';
import { onlySources } from './only-sources.ts';
import { PlanFinder } from './recognise.ts';
import type { PlanSelection } from './selection.ts';
import { ToolPlans } from './tool-plans.ts';
import { toolFolderOf } from './tools.ts';

/** Options for finding and reading plans. */
export interface PlanStoreOptions extends PlanSelection {
  /** The only file, or tool's folder, to read, whatever its name; absolute, or relative to the workspace. */
  readonly tasksFile?: string | undefined;
  /** On-demand sources that the user requested; a `tasksFile` shows these and no others. */
  readonly wanted?: readonly SourceId[];
  /** Whether the store may start the tools that keep plans. Default: yes. */
  readonly mayRun?: () => boolean;
  /**
   * Program of beads: a name on the `PATH`, or an absolute path. The store calls a function before every start.
   * Default: `bd`.
   */
  readonly bd?: BdPath | undefined;
  /**
   * Opens the store without waiting for tools: their plans arrive later, as a change. Receives errors of that reading.
   */
  readonly toolsLater?: (error: unknown) => void;
}

/** Holds a workspace's plans as last read, and reads files again when their change is reported. */
export class PlanStore {
  readonly workspaceRoot: string;
  readonly #only: string | null;
  readonly #tools: ToolPlans;
  readonly #snapshots = new Map<string, SourceSnapshot>();
  readonly #ownWrites = new Map<string, string>();
  readonly #ownReadings = new Map<
    string,
    { readonly hash: string; readonly done: Promise<void> }
  >();
  readonly #changed = new Emitter<Plan>();
  #finder: PlanFinder;
  #wanted: ReadonlySet<SourceId>;
  #plan: Plan | null = null;
  /** Serialises readings: an older one must not overwrite a newer. */
  readonly #queue = new SerialQueue();

  private constructor(workspaceRoot: string, options: PlanStoreOptions) {
    this.workspaceRoot = workspaceRoot;
    const { tasksFile, wanted = [], mayRun = () => true, bd } = options;
    this.#only = tasksFile === undefined ? null : pathFrom(workspaceRoot, tasksFile);
    this.#finder = new PlanFinder(options);
    this.#wanted = new Set(wanted);
    this.#tools = new ToolPlans({ workspaceRoot, mayRun, bd }, (place) => this.refresh(place));
  }

  /** Reads the plans of a workspace (absolute path), or the one requested file. */
  static async open(workspaceRoot: string, options: PlanStoreOptions = {}): Promise<PlanStore> {
    const store = new PlanStore(workspaceRoot, options);
    const { toolsLater } = options;
    if (toolsLater === undefined) {
      await store.readAll();
    } else {
      await store.#readFound(false);
      store.readAll().catch(toolsLater);
    }
    return store;
  }

  /** Fires with the new plan after a reading that found changes; our own writes do not count as changes. */
  readonly onChange: Subscribe<Plan> = (listener) => this.#changed.subscribe(listener);

  /** Returns the plan as last read. */
  current(): Plan {
    if (this.#plan !== null) {
      return this.#plan;
    }
    const read = [...this.#snapshots.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
    const named = this.#only !== null && this.#wanted.size > 0;
    this.#plan = assemblePlan(named ? onlySources(read, this.#wanted) : read, this.#wanted);
    return this.#plan;
  }

  /** Reads every plan, drops those that no longer exist, and returns the plan. */
  async readAll(): Promise<Plan> {
    await this.#readFound(true);
    return this.current();
  }

  /** Reads added, changed or removed files again and fires at most once. Ignores files that are not plans. */
  async refresh(...paths: readonly string[]): Promise<void> {
    const places = paths.flatMap((path) => this.#placeOf(pathFrom(this.workspaceRoot, path)) ?? []);
    if (places.length === 0) {
      return;
    }
    await this.#queue.run(async () => {
      await this.#tools.open(places);
      await this.#read(new Set(places));
    });
  }

  /** Whether a change of the file (path relative to the workspace, with `/`) can change the plan. */
  isPlan(path: string): boolean {
    return this.#placeOf(path) !== null;
  }

  /** Whether a folder (path relative to the workspace, with `/`) may contain plans. */
  enters(folder: string): boolean {
    return this.#finder.enters(folder);
  }

  /** Replaces the selection of files that count as plans, and reads everything again. */
  async select(selection: PlanSelection): Promise<void> {
    this.#finder = new PlanFinder(selection);
    await this.readAll();
  }

  /** Shows exactly these on-demand sources. */
  want(sources: readonly SourceId[]): void {
    this.#wanted = new Set(sources);
    this.#plan = null;
    this.#changed.fire(this.current());
  }

  /** Returns the path to watch (absolute): the whole workspace, or the one file. */
  watched(): string {
    return this.#only === null ? this.workspaceRoot : resolve(this.workspaceRoot, this.#only);
  }

  /** Follows the tools that keep plans. The owner of the store watches the files. */
  followTools(onError: (error: unknown) => void): Disposable {
    return this.#tools.follow(onError);
  }

  /** Returns the file that contains a task now (relative to the workspace); `null` if a tool keeps the task. */
  fileOf(task: TaskIdentity): string | null {
    if (this.#tools.get(task.source) !== undefined) {
      return null;
    }
    const known = this.current().tasks.get(taskKey(task.source, asTaskId(task.id)));
    if (known?.fingerprint === task.fingerprint) {
      return known.place.file;
    }
    const tasks = [...this.#snapshots.values()]
      .flatMap((snapshot) => snapshot.tasks)
      .filter(({ source }) => source === task.source)
      .map((each) => ({ ...each, written: true }));
    const found = findTask(tasks, task);
    if (found.ok) {
      return found.value.place.file;
    }
    return (known ?? tasks[0])?.place.file ?? task.source;
  }

  /** Changes a task's status through the tool that keeps it, and reads the new state before it resolves. */
  async writeThroughTool(
    task: TaskIdentity,
    status: ToolStatus,
  ): Promise<Result<void, CloseFailure>> {
    const tool = this.#tools.get(task.source);
    if (tool === undefined) {
      return success(undefined);
    }
    const written = await tool.write(task, status);
    if (!written.ok) {
      return written;
    }
    if (written.value === 'changed') {
      await this.#queue.run(async () => {
        this.#storeReading(tool.place, await tool.read());
      });
    }
    return success(undefined);
  }

  /** Adds open tasks through the tool that keeps a source, and reads them before it resolves. Returns their ids. */
  async addThroughTool(
    source: SourceId,
    titles: readonly string[],
    group: string | null,
  ): Promise<Result<readonly string[], string>> {
    const tool = this.#tools.get(source);
    if (tool === undefined) {
      return failure(t('{0} is kept by no tool.', source));
    }
    const added = await tool.add(titles, group);
    await this.refresh(tool.place);
    return added;
  }

  /** Records that we wrote `file` ourselves, with this SHA-256: reading it changes the plan but fires no event. */
  noteWrite(file: string, hash: string): void {
    this.#ownWrites.set(file, hash);
  }

  /** Reads `file` after our own write, with this SHA-256; only once for all changes that one replacement wrote. */
  async readOwnWrite(file: string, hash: string): Promise<void> {
    this.noteWrite(file, hash);
    let reading = this.#ownReadings.get(file);
    if (reading?.hash !== hash) {
      reading = { hash, done: this.refresh(file) };
      this.#ownReadings.set(file, reading);
    }
    await reading.done;
  }

  /**
   * Returns the path to read when a file changes: the file itself, the plan that it affects, a tool's folder, or
   * `null`.
   */
  #placeOf(path: string): string | null {
    const owner = companionOwner(path) ?? path;
    if (this.#only !== null) {
      return owner === this.#only ? owner : null;
    }
    const folder = toolFolderOf(path);
    if (folder === null) {
      return this.#finder.isPlanFile(owner) ? owner : null;
    }
    // The tool of an open folder reports its changes. Files in it are no signal: the tool touches them even on a read.
    const isNew = this.#tools.get(folder) === undefined && this.#finder.isToolFolder(folder);
    return isNew || folder === path ? folder : null;
  }

  async #readFound(withTools: boolean): Promise<void> {
    await this.#queue.run(async () => {
      const found =
        this.#only === null ? await this.#finder.find(this.workspaceRoot) : [this.#only];
      await this.#tools.open(found);
      const places = new Set([...found, ...this.#snapshots.keys()]);
      await this.#read(
        [...places].filter((each) => withTools || this.#tools.get(each) === undefined),
      );
    });
  }

  async #read(places: Iterable<string>): Promise<void> {
    let isChanged = false;
    for (const place of places) {
      isChanged = this.#storeReading(place, await this.#readPlace(place)) || isChanged;
    }
    if (isChanged) {
      this.#changed.fire(this.current());
    }
  }

  async #readPlace(place: string): Promise<SourceSnapshot | null> {
    const tool = this.#tools.get(place);
    if (tool !== undefined) {
      return tool.read();
    }
    const wanted = this.#only !== null || this.#finder.isPlanFile(place);
    return wanted
      ? readSource(
          this.workspaceRoot,
          asSourceId(place),
          this.#only !== null,
          this.#snapshots.get(place),
        )
      : null;
  }

  /** Stores a reading. Returns whether it counts as a change. */
  #storeReading(place: string, snapshot: SourceSnapshot | null): boolean {
    const before = this.#snapshots.get(place)?.hash;
    if (before === snapshot?.hash) {
      return false;
    }
    if (snapshot === null) {
      this.#snapshots.delete(place);
    } else {
      this.#snapshots.set(place, snapshot);
    }
    this.#plan = null;
    return !snapshot?.hash.startsWith(this.#ownWrites.get(place) ?? '\n');
  }
}

/** Returns a path relative to the workspace, with `/`. */
function pathFrom(workspaceRoot: string, path: string): string {
  return relative(workspaceRoot, resolve(workspaceRoot, path)).replaceAll(sep, '/');
}
