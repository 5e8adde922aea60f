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

/** A holder that was killed says nothing of it: it is looked after this often while its run goes on, ms. */
const LIVENESS_MS = 3_000;
const MINE: Holder = { holder: 'mine', name: null, suspended: null };

/** What the holder of a run can be asked: to stop all of it or a task, to take a task up again, to let us have it. */
export type Asked =
  | { readonly kind: 'cancel'; readonly task: TaskKey | null }
  | { readonly kind: 'nudge'; readonly task: TaskKey; readonly message: string }
  | { readonly kind: 'judge'; readonly task: TaskKey; readonly proven: boolean }
  | { readonly kind: 'yield' };

/**
 * The newest run of one group as this process knows it: held by us, or observed in the journal that another process
 * writes. Looks again whenever the group's directory or lock changes.
 */
export class GroupRunHandle implements Disposable {
  readonly key: GroupKey;
  readonly directory: string;
  readonly #env: RunContext;
  readonly #changed: () => void;
  #watch: DirectoryWatch | null = null;
  #lockWatch: DirectoryWatch | null = null;
  #liveness: Disposable | null = null;
  #disposed = false;
  #held: ActiveRun | null = null;
  #observed: { readonly state: RunState; readonly follower: Disposable | null } | null = null;
  #holder: Holder = { holder: 'nobody', name: null, suspended: null };

  constructor(key: GroupKey, directory: string, env: RunContext, changed: () => void) {
    this.key = key;
    this.directory = directory;
    this.#env = env;
    this.#changed = changed;
  }

  /** Reads what there is and goes on watching. */
  async open(): Promise<void> {
    await this.look();
    // A look that was under way at the end must not leave a watch behind.
    if (!this.#disposed) {
      this.#watch ??= watchDirectory(this.directory, () => this.look());
    }
  }

  /** The run that this process coordinates and that is not over. */
  get active(): ActiveRun | null {
    return this.#held?.state.ended === null ? this.#held : null;
  }

  /** The newest run and who holds it, or `null` if the group never ran. */
  current(): { readonly state: RunState; readonly holder: Holder } | null {
    if (this.#held !== null) {
      return { state: this.#held.state, holder: { ...MINE, suspended: this.#held.suspended } };
    }
    return this.#observed === null ? null : { state: this.#observed.state, holder: this.#holder };
  }

  /** Resolves once a run of ours that is over is all on disk and has let go of the group, so that the next can take it. */
  async free(): Promise<void> {
    if (this.#held !== null && this.active === null) {
      await this.#held.done;
    }
  }

  /** From now on the run is ours. */
  hold(run: ActiveRun): void {
    this.#observed?.follower?.dispose();
    this.#observed = null;
    this.#held = run;
    void run.done.then(() => {
      if (run.state.ended === null && this.#held === run) {
        // We let go of a run that goes on: from now on it is somebody else's.
        this.#held = null;
        void this.look();
      }
    });
    this.#changed();
  }

  /** Asks whoever holds the run. The failure is a sentence. */
  async ask(what: Asked): Promise<string | null> {
    const lock = await readLock(this.directory);
    const run = this.current()?.state.plan.run;
    if (lock.kind === 'free' || run === undefined) {
      return t('Nobody holds this group any more.');
    }
    const common = { v: 1 as const, by: this.#env.label, at: this.#env.clock.now() };
    const request: HolderRequest =
      what.kind === 'yield'
        ? { ...what, epoch: lock.held.epoch, ...common }
        : { ...what, run, ...common };
    const sent = await sendRequest(this.directory, request);
    return sent.ok ? null : sent.failure.message;
  }

  /** Reads again which run is the newest and who holds it. */
  async look(): Promise<void> {
    if (this.active !== null) {
      return;
    }
    const newest = await readCurrentRun(this.directory);
    const run = newest.ok ? newest.value?.run : undefined;
    await this.#lookAtHolder();
    const known = this.current()?.state;
    if (run !== undefined && (run !== known?.plan.run || this.#lostInterest())) {
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
    this.#liveness?.dispose();
    this.#observed?.follower?.dispose();
  }

  /** A run that we had let go of, or that was taken over, is followed again. */
  #lostInterest(): boolean {
    return this.#observed === null && this.#held === null;
  }

  #watchHolder(): void {
    const lock = lockDirectory(this.directory);
    // A group that is just beginning gets its lock only after its directory.
    if (this.#lockWatch === null && existsSync(lock)) {
      this.#lockWatch = watchDirectory(lock, () => this.look());
    }
    this.#liveness?.dispose();
    const isElsewhere = this.#observed?.state.ended === null && this.#holder.holder === 'other';
    this.#liveness = isElsewhere
      ? this.#env.clock.after(LIVENESS_MS, () => void this.look())
      : null;
  }

  async #lookAtHolder(): Promise<void> {
    const lock = await readLock(this.directory);
    this.#holder =
      lock.kind === 'free'
        ? { holder: 'nobody', name: null, suspended: null }
        : { holder: 'other', name: lock.held.holder?.label ?? 'another process', suspended: null };
  }

  async #observe(): Promise<void> {
    const newest = await readNewestRun(this.#env, this.directory);
    // A watch that begins after the end would keep the process alive.
    if (this.#disposed || !newest.ok || newest.value === null) {
      return;
    }
    const ours = this.#held?.state;
    if (ours?.ended === null || ours?.plan.run === newest.value.state.plan.run) {
      // While it was read, the run became ours: what we coordinate is not observed.
      return;
    }
    this.#observed?.follower?.dispose();
    this.#held = null;
    const { state } = newest.value;
    this.#observed = { state, follower: null };
    if (state.ended === null) {
      const directory = runDirectory(this.#env.workspaceRoot, state.plan.run);
      this.#observed = { state, follower: this.#follow(directory) };
    }
  }

  #follow(directory: string): Disposable {
    return followJournal(directory, (news) => {
      if (news.kind === 'whole') {
        const state = replay(news.journal.events);
        if (state !== null && this.#observed !== null) {
          this.#observed = { state, follower: this.#observed.follower };
        }
      } else if (news.kind === 'more' && this.#observed !== null) {
        for (const event of news.events) {
          evolve(this.#observed.state, event);
        }
      }
      if (this.#observed?.state.ended !== null) {
        void this.#lookAtHolder().then(this.#changed);
      }
      this.#changed();
    });
  }
}
