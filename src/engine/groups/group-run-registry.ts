import type { Holder } from '../../coordinator/projections/project-run.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { listGroupDirectories } from '../../store/directories/group-directory.ts';
import type { RunContext } from '../contract/run-environment.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { GroupRunHandle } from './group-run-handle.ts';
import { watchGroups } from './watch-groups.ts';

/** Every group that ever ran in the workspace, whoever started it; new ones appear by themselves. */
export class GroupRunRegistry implements Disposable {
  readonly #env: RunContext;
  readonly #changed: (group: GroupKey) => void;
  readonly #slots = new Map<GroupKey, GroupRunHandle>();
  #watch: Disposable | null = null;
  #disposed = false;

  constructor(env: RunContext, changed: (group: GroupKey) => void) {
    this.#env = env;
    this.#changed = changed;
  }

  /** Reads what there is and goes on watching. */
  async open(): Promise<void> {
    await this.#openNew();
    this.#watch = watchGroups(this.#env.workspaceRoot, () => this.#openNew());
  }

  get(key: GroupKey): GroupRunHandle | undefined {
    return this.#slots.get(key);
  }

  all(): GroupRunHandle[] {
    return [...this.#slots.values()];
  }

  /** A group's newest run, of any coordinator; `null`: this user never ran it. */
  newestOf(key: GroupKey): { readonly state: RunState; readonly holder: Holder } | null {
    return this.get(key)?.current() ?? null;
  }

  /** The unfinished run of a group that this process coordinates. */
  active(key: GroupKey): ActiveRun | null {
    return this.get(key)?.active ?? null;
  }

  /** The newest run of each group that ever ran. */
  newest(): { readonly state: RunState; readonly holder: Holder }[] {
    return this.all().flatMap((slot) => slot.current() ?? []);
  }

  /** The slot of a group whose directory was just made sure of. */
  obtain(key: GroupKey, directory: string): GroupRunHandle {
    const slot =
      this.#slots.get(key) ??
      new GroupRunHandle(key, directory, this.#env, () => {
        this.#changed(key);
      });
    this.#slots.set(key, slot);
    return slot;
  }

  /** Groups with a run that is not over and that nobody coordinates. */
  unfinished(): GroupKey[] {
    return this.all().flatMap((slot) => {
      const current = slot.current();
      const isFree = current?.state.ended === null && current.holder.holder === 'nobody';
      return isFree ? [slot.key] : [];
    });
  }

  /** Adds to every run of ours that is under way what is new for it. */
  post(newsOf: (run: RunState) => readonly RunEventBody[]): void {
    for (const { active } of this.all()) {
      for (const event of active === null ? [] : newsOf(active.state)) {
        active?.post(event);
      }
    }
  }

  /** Looks at everything again. */
  async refresh(): Promise<void> {
    await this.#openNew();
    await Promise.all(this.all().map((slot) => slot.refresh()));
  }

  /** Lets go of every run without ending anything: what runs goes on and can be taken up. */
  async release(): Promise<void> {
    await Promise.all(
      this.all().map(async ({ active }) => {
        await active?.release();
      }),
    );
    this.dispose();
  }

  /** Like `release`, for when there is no time left. */
  dispose(): void {
    this.#disposed = true;
    this.#watch?.dispose();
    for (const slot of this.#slots.values()) {
      slot.active?.dispose();
      slot.dispose();
    }
    this.#slots.clear();
  }

  async #openNew(): Promise<void> {
    for (const { key, directory } of await listGroupDirectories(this.#env.workspaceRoot)) {
      // A look that was under way at the end must open nothing any more.
      if (!this.#disposed && !this.#slots.has(key)) {
        await this.obtain(key, directory).open();
      }
    }
  }
}
