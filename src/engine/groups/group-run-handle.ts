import { existsSync } from 'node:fs';
import type { Holder } from '../../coordinator/projections/project-run.ts';
import { evolve, replay } from '../../coordinator/run/evolve.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { runDirectory } from '../../store/directories/run-directory.ts';
import { type DirectoryWatch, watchDirectory } from '../../store/files/watch-directory.ts';
import { followJournal } from '../../store/journal/follow-journal.ts';
import { readLock } from '../../store/lock/group-lock.ts';
import { lockDirectory } from '../../store/lock/lock-file.ts';
import { readCurrentRun } from '../../store/projections/current-run.ts';
import { type HolderRequest, sendRequest } from '../../store/requests/requests.ts';
import { type RunContext } from '../contract/run-environment.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { readNewestRun } from '../run/resume-run.ts';

/** How often to check that the holder of an active run is alive, ms: a killed holder sends no notice. */
const LIVENESS_MS = 3_000;
const OWN_HOLDER: Holder = { holder: 'mine', name: null, suspended: null };

/** A request to the holder of a run: stop the run or a task, resume or judge a task, or hand the run over. */
export type HolderCommand =
  | { readonly kind: 'cancel'; readonly task: TaskKey | null }
  | { readonly kind: 'nudge'; readonly task: TaskKey; readonly message: string }
  | { readonly kind: 'judge'; readonly task: TaskKey; readonly proven: boolean }
  | { readonly kind: 'yield' };

/**
 * The newest run of one group as this process knows it: coordinated by this process, or observed in the journal that
 * another process writes. Refreshes whenever the group's directory or lock changes.
 */
export class GroupRunHandle implements Disposable {
  readonly key: GroupKey;
  readonly directory: string;
  readonly #context: RunContext;
  readonly #changed: () => void;
  #watch: DirectoryWatch | null = null;
  #lockWatch: DirectoryWatch | null = null;
  #livenessTimer: Disposable | null = null;
  #disposed = false;
  #ownRun: ActiveRun | null = null;
  #observed: { readonly state: RunState; readonly follower: Disposable | null } | null = null;
  #holder: Holder = { holder: 'nobody', name: null, suspended: null };
  #problem: string | null = null;

  constructor(key: GroupKey, directory: string, context: RunContext, changed: () => void) {
    this.key = key;
    this.directory = directory;
    this.#context = context;
    this.#changed = changed;
  }

  /** Reads the newest run and starts watching for changes. */
  async open(): Promise<void> {
    await this.refresh();
    // A refresh that ends after `dispose` must not leave a watcher behind.
    if (!this.#disposed) {
      this.#watch ??= watchDirectory(this.directory, () => this.refresh());
    }
  }

  /** The unfinished run that this process coordinates, or `null`. */
  get active(): ActiveRun | null {
    return this.#ownRun?.state.ended === null ? this.#ownRun : null;
  }

  /** Why the newest run cannot be read, such as a journal of another version; `null` if it can. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Returns the newest run and its holder; `null` if the group never ran or its run cannot be read. */
  current(): { readonly state: RunState; readonly holder: Holder } | null {
    if (this.#ownRun !== null) {
      return {
        state: this.#ownRun.state,
        holder: { ...OWN_HOLDER, suspended: this.#ownRun.suspended },
      };
    }
    return this.#observed === null ? null : { state: this.#observed.state, holder: this.#holder };
  }

  /** Resolves once an ended run of this process is completely on disk and its lock is free for the next run. */
  async free(): Promise<void> {
    if (this.#ownRun !== null && this.active === null) {
      await this.#ownRun.done;
    }
  }

  /** Marks a run as coordinated by this process, in place of an observed one. */
  hold(run: ActiveRun): void {
    this.#observed?.follower?.dispose();
    this.#observed = null;
    this.#ownRun = run;
    this.#problem = null;
    void run.done.then(() => {
      if (run.state.ended === null && this.#ownRun === run) {
        // This process has released an unfinished run: another process may coordinate it now.
        this.#ownRun = null;
        void this.refresh();
      }
    });
    this.#changed();
  }

  /** Sends a request to the holder of the run. Returns a sentence on failure, else `null`. */
  async ask(command: HolderCommand): Promise<string | null> {
    const lock = await readLock(this.directory);
    const run = this.current()?.state.plan.run;
    if (lock.kind === 'free' || run === undefined) {
      return t('Nobody holds this group any more.');
    }
    const common = { v: 1 as const, by: this.#context.label, at: this.#context.clock.now() };
    const request: HolderRequest =
      command.kind === 'yield'
        ? { ...command, epoch: lock.held.epoch, ...common }
        : { ...command, run, ...common };
    const sent = await sendRequest(this.directory, request);
    return sent.ok ? null : sent.failure.message;
  }

  /** Reads the newest run and its holder again. */
  async refresh(): Promise<void> {
    if (this.active !== null) {
      return;
    }
    const newest = await readCurrentRun(this.directory);
    const run = newest.ok ? newest.value?.run : undefined;
    await this.#readHolder();
    const known = this.current()?.state;
    if (run !== undefined && (run !== known?.plan.run || this.#isUntracked())) {
      await this.#observe();
    }
    if (!this.#disposed) {
      this.#watchHolder();
    }
    this.#changed();
  }

  dispose(): void {
    this.#disposed = true;
    this.#watch?.dispose();
    this.#lockWatch?.dispose();
    this.#livenessTimer?.dispose();
    this.#observed?.follower?.dispose();
  }

  /** Whether no run is tracked: this process has released its run, or another one has acquired it. */
  #isUntracked(): boolean {
    return this.#observed === null && this.#ownRun === null;
  }

  #watchHolder(): void {
    const lock = lockDirectory(this.directory);
    // A new group gets its lock only after its directory.
    if (this.#lockWatch === null && existsSync(lock)) {
      this.#lockWatch = watchDirectory(lock, () => this.refresh());
    }
    this.#livenessTimer?.dispose();
    const isHeldByOther = this.#observed?.state.ended === null && this.#holder.holder === 'other';
    this.#livenessTimer = isHeldByOther
      ? this.#context.clock.after(LIVENESS_MS, () => void this.refresh())
      : null;
  }

  async #readHolder(): Promise<void> {
    const lock = await readLock(this.directory);
    this.#holder =
      lock.kind === 'free'
        ? { holder: 'nobody', name: null, suspended: null }
        : { holder: 'other', name: lock.held.holder?.label ?? 'another process', suspended: null };
  }

  async #observe(): Promise<void> {
    const newest = await readNewestRun(this.#context, this.directory);
    // A watcher that starts after `dispose` would keep the process alive.
    if (this.#disposed) {
      return;
    }
    this.#problem = newest.ok ? null : newest.failure.message;
    if (!newest.ok || newest.value === null) {
      return;
    }
    const own = this.#ownRun?.state;
    if (own?.ended === null || own?.plan.run === newest.value.state.plan.run) {
      // During the read, this process started to coordinate the run. Such a run is not observed.
      return;
    }
    this.#observed?.follower?.dispose();
    this.#ownRun = null;
    const { state } = newest.value;
    this.#observed = { state, follower: null };
    if (state.ended === null) {
      const directory = runDirectory(this.#context.workspaceRoot, state.plan.run);
      this.#observed = { state, follower: this.#follow(directory) };
    }
  }

  #follow(directory: string): Disposable {
    return followJournal(directory, (update) => {
      if (update.kind === 'whole') {
        const state = replay(update.journal.events);
        if (state !== null && this.#observed !== null) {
          this.#observed = { state, follower: this.#observed.follower };
        }
      } else if (update.kind === 'more' && this.#observed !== null) {
        for (const event of update.events) {
          evolve(this.#observed.state, event);
        }
      }
      if (this.#observed?.state.ended !== null) {
        void this.#readHolder().then(this.#changed);
      }
      this.#changed();
    });
  }
}
