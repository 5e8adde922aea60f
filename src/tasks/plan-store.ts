import { relative, resolve, sep } from 'node:path';
import { readSource } from './read-source.ts';
import { findPlanFiles, isPlanFile } from './recognise.ts';
import { assemblePlan } from '../coordinator/plan/assemble-plan.ts';
import type { Plan, SourceSnapshot } from '../coordinator/task.ts';
import { Emitter, type Subscribe } from '../shared/emitter.ts';
import { asSourceId, type SourceId } from '../shared/ids.ts';

/** How plans are found. */
export interface PlanStoreOptions {
  /** Only this file, whatever its name; absolute, or relative to the workspace. */
  readonly tasksFile?: string;
}

/** Holds what was last read of a workspace's plans, and reads again what is reported to have changed. */
export class PlanStore {
  readonly workspaceRoot: string;
  readonly #only: SourceId | null;
  readonly #snapshots = new Map<SourceId, SourceSnapshot>();
  readonly #ownWrites = new Map<SourceId, string>();
  readonly #ownReadings = new Map<
    SourceId,
    { readonly hash: string; readonly done: Promise<void> }
  >();
  readonly #changed = new Emitter<Plan>();
  #plan: Plan | null = null;
  /** Readings follow one another: an older one must not overwrite a newer. */
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(workspaceRoot: string, only: SourceId | null) {
    this.workspaceRoot = workspaceRoot;
    this.#only = only;
  }

  /** Reads the plans of a workspace (absolute path), or the one file that is asked for. */
  static async open(workspaceRoot: string, options: PlanStoreOptions = {}): Promise<PlanStore> {
    const { tasksFile } = options;
    const only = tasksFile === undefined ? null : sourceIdOf(workspaceRoot, tasksFile);
    const store = new PlanStore(workspaceRoot, only);
    await store.readAll();
    return store;
  }

  /** Fires with the new plan whenever a reading brought news; our own writes are no news. */
  readonly onChange: Subscribe<Plan> = (listener) => this.#changed.subscribe(listener);

  /** The plan as last read. */
  current(): Plan {
    return (this.#plan ??= assemblePlan(
      [...this.#snapshots.values()].sort((a, b) => (a.source < b.source ? -1 : 1)),
    ));
  }

  /** Reads every plan file, forgets those that are gone, and returns the plan. */
  async readAll(): Promise<Plan> {
    await this.#inTurn(async () => {
      const found = this.#only === null ? await findPlanFiles(this.workspaceRoot) : [this.#only];
      await this.#read(new Set([...found, ...this.#snapshots.keys()]));
    });
    return this.current();
  }

  /** Reads one file again that was added, changed or removed; files that are no plans are passed over. */
  async refresh(path: string): Promise<void> {
    const source = sourceIdOf(this.workspaceRoot, path);
    if (!this.isPlan(source)) return;
    await this.#inTurn(() => this.#read([source]));
  }

  /** Whether this store reads the file (path relative to the workspace, with `/`). */
  isPlan(source: string): boolean {
    return this.#only === null ? isPlanFile(source) : source === this.#only;
  }

  /** What has to be watched (absolute): the whole workspace, or the one file. */
  watched(): string {
    return this.#only === null ? this.workspaceRoot : resolve(this.workspaceRoot, this.#only);
  }

  /** Tells that we wrote `source` ourselves, with this SHA-256: reading it will change the plan, but is no news. */
  noteWrite(source: SourceId, hash: string): void {
    this.#ownWrites.set(source, hash);
  }

  /** Reads what we wrote to `source` ourselves, with this SHA-256; once for all that was written in one replacement. */
  async takeOwnWrite(source: SourceId, hash: string): Promise<void> {
    this.noteWrite(source, hash);
    let reading = this.#ownReadings.get(source);
    if (reading?.hash !== hash) {
      reading = { hash, done: this.refresh(source) };
      this.#ownReadings.set(source, reading);
    }
    await reading.done;
  }

  async #read(sources: Iterable<SourceId>): Promise<void> {
    let news = false;
    for (const source of sources) {
      const before = this.#snapshots.get(source);
      const snapshot = await readSource(this.workspaceRoot, source, this.#only !== null, before);
      news = this.#take(source, snapshot) || news;
    }
    if (news) this.#changed.fire(this.current());
  }

  /** Keeps what was read; returns whether it is news. */
  #take(source: SourceId, snapshot: SourceSnapshot | null): boolean {
    const before = this.#snapshots.get(source)?.hash;
    if (before === snapshot?.hash) return false;
    if (snapshot === null) this.#snapshots.delete(source);
    else this.#snapshots.set(source, snapshot);
    this.#plan = null;
    return snapshot === null || this.#ownWrites.get(source) !== snapshot.hash;
  }

  async #inTurn(reading: () => Promise<void>): Promise<void> {
    const mine = this.#queue.then(reading);
    this.#queue = mine.catch(() => undefined);
    await mine;
  }
}

/** The id of the plan in a file: its path relative to the workspace, with `/`. */
function sourceIdOf(workspaceRoot: string, path: string): SourceId {
  const fromRoot = relative(workspaceRoot, resolve(workspaceRoot, path));
  return asSourceId(fromRoot.replaceAll(sep, '/'));
}
