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

/** How plans are found. */
export interface PlanStoreOptions extends PlanSelection {
  /** Only this file, or tool's folder, whatever its name; absolute, or relative to the workspace. */
  readonly tasksFile?: string | undefined;
  /** Sources on demand that a person asked for; of one `tasksFile` these and no others. */
  readonly wanted?: readonly SourceId[];
  /** Whether the tools that keep plans may be started. Default: yes. */
  readonly mayRun?: () => boolean;
  /**
   * beads' own program: a name on the `PATH`, or an absolute path; a function is asked before every start. Default: `bd`.
   */
  readonly bd?: BdPath | undefined;
  /** Opens without waiting for tools; what they know is news later. Hears what went wrong then. */
  readonly toolsLater?: (error: unknown) => void;
}

/** Holds what was last read of a workspace's plans, and reads again what is reported to have changed. */
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
  /** Readings follow one another: an older one must not overwrite a newer. */
  readonly #queue = new SerialQueue();

  private constructor(workspaceRoot: string, options: PlanStoreOptions) {
    this.workspaceRoot = workspaceRoot;
    const { tasksFile, wanted = [], mayRun = () => true, bd } = options;
    this.#only = tasksFile === undefined ? null : pathFrom(workspaceRoot, tasksFile);
    this.#finder = new PlanFinder(options);
    this.#wanted = new Set(wanted);
    this.#tools = new ToolPlans({ workspaceRoot, mayRun, bd }, (place) => this.refresh(place));
  }

  /** Reads the plans of a workspace (absolute path), or the one file that is asked for. */
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

  /** Fires with the new plan whenever a reading brought news; our own writes are no news. */
  readonly onChange: Subscribe<Plan> = (listener) => this.#changed.subscribe(listener);

  /** The plan as last read. */
  current(): Plan {
    if (this.#plan !== null) {
      return this.#plan;
    }
    const read = [...this.#snapshots.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
    const named = this.#only !== null && this.#wanted.size > 0;
    this.#plan = assemblePlan(named ? onlySources(read, this.#wanted) : read, this.#wanted);
    return this.#plan;
  }

  /** Reads every plan, forgets those that are gone, and returns the plan. */
  async readAll(): Promise<Plan> {
    await this.#readFound(true);
    return this.current();
  }

  /** Reads again what was added, changed or removed, as one piece of news; files that are no plans are passed over. */
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

  /** Whether there may be plans in a folder (path relative to the workspace, with `/`). */
  enters(folder: string): boolean {
    return this.#finder.enters(folder);
  }

  /** From now on other files count as plans, or none that counted; reads everything again. */
  async select(selection: PlanSelection): Promise<void> {
    this.#finder = new PlanFinder(selection);
    await this.readAll();
  }

  /** Shows exactly these of the sources on demand. */
  want(sources: readonly SourceId[]): void {
    this.#wanted = new Set(sources);
    this.#plan = null;
    this.#changed.fire(this.current());
  }

  /** What has to be watched (absolute): the whole workspace, or the one file. */
  watched(): string {
    return this.#only === null ? this.workspaceRoot : resolve(this.workspaceRoot, this.#only);
  }

  /** Follows the tools that keep plans; files are watched by whoever opened the store. */
  followTools(onError: (error: unknown) => void): Disposable {
    return this.#tools.follow(onError);
  }

  /** The file that a task stands in now (relative to the workspace); `null` where a tool keeps it. */
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

  /** Changes a task's status through the tool that keeps it, and knows the new state when it is done. */
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
        this.#take(tool.place, await tool.read());
      });
    }
    return success(undefined);
  }

  /** Adds open tasks through the tool that keeps a source, and knows them when it is done; their ids. */
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

  /** Tells that we wrote `file` ourselves, with this SHA-256: reading it will change the plan, but is no news. */
  noteWrite(file: string, hash: string): void {
    this.#ownWrites.set(file, hash);
  }

  /** Reads what we wrote to `file` ourselves, with this SHA-256; once for all that was written in one replacement. */
  async takeOwnWrite(file: string, hash: string): Promise<void> {
    this.noteWrite(file, hash);
    let reading = this.#ownReadings.get(file);
    if (reading?.hash !== hash) {
      reading = { hash, done: this.refresh(file) };
      this.#ownReadings.set(file, reading);
    }
    await reading.done;
  }

  /** What is to be read when a file changes: itself, the plan that it decides about, a tool's folder, or nothing. */
  #placeOf(path: string): string | null {
    const owner = companionOwner(path) ?? path;
    if (this.#only !== null) {
      return owner === this.#only ? owner : null;
    }
    const folder = toolFolderOf(path);
    if (folder === null) {
      return this.#finder.isPlanFile(owner) ? owner : null;
    }
    // An open one is followed by its tool. Files in it say nothing: the tool touches them by only reading.
    const isNew = this.#tools.get(folder) === undefined && this.#finder.isToolFolder(folder);
    return isNew || folder === path ? folder : null;
  }

  async #readFound(toolsToo: boolean): Promise<void> {
    await this.#queue.run(async () => {
      const found =
        this.#only === null ? await this.#finder.find(this.workspaceRoot) : [this.#only];
      await this.#tools.open(found);
      const places = new Set([...found, ...this.#snapshots.keys()]);
      await this.#read(
        [...places].filter((each) => toolsToo || this.#tools.get(each) === undefined),
      );
    });
  }

  async #read(places: Iterable<string>): Promise<void> {
    let news = false;
    for (const place of places) {
      news = this.#take(place, await this.#readPlace(place)) || news;
    }
    if (news) {
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

  /** Keeps what was read; returns whether it is news. */
  #take(place: string, snapshot: SourceSnapshot | null): boolean {
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

/** A path relative to the workspace, with `/`. */
function pathFrom(workspaceRoot: string, path: string): string {
  return relative(workspaceRoot, resolve(workspaceRoot, path)).replaceAll(sep, '/');
}
