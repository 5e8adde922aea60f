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

/** The groups that ever ran in the workspace, started by any user. Finds new ones on its own. */
export class GroupRunRegistry implements Disposable {
  readonly #context: RunContext;
  readonly #changed: (group: GroupKey) => void;
  readonly #handles = new Map<GroupKey, GroupRunHandle>();
  #watch: Disposable | null = null;
  #disposed = false;

  constructor(context: RunContext, changed: (group: GroupKey) => void) {
    this.#context = context;
    this.#changed = changed;
  }

  /** Reads the existing groups and starts to watch for new ones. */
  async open(): Promise<void> {
    await this.#openNew();
    this.#watch = watchGroups(this.#context.workspaceRoot, () => this.#openNew());
  }

  get(key: GroupKey): GroupRunHandle | undefined {
    return this.#handles.get(key);
  }

  all(): GroupRunHandle[] {
    return [...this.#handles.values()];
  }

  /** A group's newest run, of any coordinator; `null` if this user never ran it. */
  newestOf(key: GroupKey): { readonly state: RunState; readonly holder: Holder } | null {
    return this.get(key)?.current() ?? null;
  }

  /** The unfinished run of a group that this process coordinates. */
  active(key: GroupKey): ActiveRun | null {
    return this.get(key)?.active ?? null;
  }

  /** The newest run of each group that ever ran. */
  newest(): { readonly state: RunState; readonly holder: Holder }[] {
    return this.all().flatMap((handle) => handle.current() ?? []);
  }

  /** Returns the handle of a group, and creates it if necessary. `directory`: absolute, exists. */
  obtain(key: GroupKey, directory: string): GroupRunHandle {
    const handle =
      this.#handles.get(key) ??
      new GroupRunHandle(key, directory, this.#context, () => {
        this.#changed(key);
      });
    this.#handles.set(key, handle);
    return handle;
  }

  /** Groups with an unfinished run that no process coordinates. */
  unfinished(): GroupKey[] {
    return this.all().flatMap((handle) => {
      const current = handle.current();
      const isFree = current?.state.ended === null && current.holder.holder === 'nobody';
      return isFree ? [handle.key] : [];
    });
  }

  /** Adds events to every active run of this process. */
  post(eventsFor: (run: RunState) => readonly RunEventBody[]): void {
    for (const { active } of this.all()) {
      for (const event of active === null ? [] : eventsFor(active.state)) {
        active?.post(event);
      }
    }
  }

  /** Reads all groups again. */
  async refresh(): Promise<void> {
    await this.#openNew();
    await Promise.all(this.all().map((handle) => handle.refresh()));
  }

  /** Releases every run. Its processes keep running, and another coordinator can resume it. */
  async release(): Promise<void> {
    await Promise.all(
      this.all().map(async ({ active }) => {
        await active?.release();
      }),
    );
    this.dispose();
  }

  /** Like `release`, for a shutdown that leaves no time. */
  dispose(): void {
    this.#disposed = true;
    this.#watch?.dispose();
    for (const handle of this.#handles.values()) {
      handle.active?.dispose();
      handle.dispose();
    }
    this.#handles.clear();
  }

  async #openNew(): Promise<void> {
    for (const { key, directory } of await listGroupDirectories(this.#context.workspaceRoot)) {
      // A listing that was in progress at disposal must not open anything.
      if (!this.#disposed && !this.#handles.has(key)) {
        await this.obtain(key, directory).open();
      }
    }
  }
}
