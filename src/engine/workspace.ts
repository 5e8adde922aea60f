import { approveRun } from './approve-run.ts';
import { chooseRun, type ChosenRun, forecastOfRun, type RunOptions } from './choose-run.ts';
import { closeAgain } from './close-again.ts';
import type { GroupSlot } from './group-slot.ts';
import { GroupSlots } from './group-slots.ts';
import { loadConfig, type LoadedConfig } from './load-config.ts';
import {
  lockGroup,
  resumeRun,
  type RunEnvironment,
  type RunRefusal,
  startRun,
} from './open-run.ts';
import type { WorkspaceOptions } from './workspace-options.ts';
import { planNews } from './plan-news.ts';
import { prepareRun } from './prepare-run.ts';
import { GroupProjections } from './project-groups.ts';
import { refuse, unfinished } from './refusals.ts';
import type { HeldRun } from './held-run.ts';
import type { RunEventBody } from '../coordinator/events.ts';
import type { Conflict } from '../coordinator/plan/forecast.ts';
import type { RunPlan } from '../coordinator/run-plan.ts';
import type { Plan } from '../coordinator/task.ts';
import type { RunState } from '../coordinator/run/state.ts';
import type { Holder } from '../coordinator/view/project-run.ts';
import { type Disposable, disposeAll } from '../shared/disposable.ts';
import { Emitter } from '../shared/emitter.ts';
import { asGroupId, asSourceId, type GroupKey, type TaskKey } from '../shared/ids.ts';
import { type Result, success } from '../shared/result.ts';
import type { GroupView } from '../shared/views.ts';
import { createGroupDirectory } from '../store/group-directory.ts';

/** A workspace with its plans and runs: the one thing that every view and command works on. */
export class Workspace implements Disposable {
  readonly #options: WorkspaceOptions;
  readonly #env: RunEnvironment;
  readonly #slots: GroupSlots;
  readonly #projections = new GroupProjections();
  readonly #changes = new Emitter<undefined>();
  readonly #subscriptions: Disposable[] = [];
  #loaded: LoadedConfig;

  /** Fires whenever any view may look different. */
  readonly onChange = this.#changes.subscribe;

  private constructor(options: WorkspaceOptions, loaded: LoadedConfig) {
    this.#options = options;
    this.#loaded = loaded;
    const { workspaceRoot, storage, label, clock, launcher, writeStatus, plans } = options;
    this.#env = {
      workspaceRoot,
      storage,
      label,
      clock,
      launcher,
      writeStatus: async (task, status) => {
        const written = await writeStatus(task, status);
        this.#planChanged(false);
        return written;
      },
      plan: () => plans.current(),
      config: () => this.#loaded.config,
    };
    this.#slots = new GroupSlots(this.#env, () => {
      this.#changes.fire(undefined);
    });
  }

  /** Opens the workspace with every run that is known of it. */
  static async open(options: WorkspaceOptions): Promise<Workspace> {
    const loaded = await loadConfig(options.workspaceRoot, options.overrides());
    const workspace = new Workspace(options, loaded);
    await workspace.#slots.open();
    workspace.#subscriptions.push(
      options.plans.onChange(() => {
        workspace.#planChanged(true);
      }),
    );
    return workspace;
  }

  get root(): string {
    return this.#options.workspaceRoot;
  }

  /** What is wrong with `parallel-groups.json`, a sentence each. */
  get configProblems(): readonly string[] {
    return this.#loaded.problems;
  }

  plan(): Plan {
    return this.#options.plans.current();
  }

  /** Every group as it is to be shown now, in plan order. */
  groups(): GroupView[] {
    return this.#projections.of({
      plan: this.plan(),
      subagents: this.#loaded.config.subagents,
      workspaceRoot: this.root,
      now: this.#options.clock.now(),
      allowed: this.#options.isTrusted(),
      runOf: (key) => this.newestRun(key),
    });
  }

  /** The run of a group that this process coordinates and that is not over. */
  held(key: GroupKey): HeldRun | null {
    return this.#slots.get(key)?.held ?? null;
  }

  /** Groups with a run that is not over and that nobody coordinates. */
  unfinished(): GroupKey[] {
    return this.#slots.unfinished();
  }

  /** Reads configuration, plans and runs again. */
  async refresh(): Promise<void> {
    this.#loaded = await loadConfig(this.root, this.#options.overrides());
    await this.#options.plans.select(this.#loaded.config.sources);
    await this.#slots.refresh();
    this.#changes.fire(undefined);
  }

  /** The newest run of a group, whoever coordinates it; `null` if this user never ran it. */
  newestRun(key: GroupKey): { readonly state: RunState; readonly holder: Holder } | null {
    return this.#slots.get(key)?.current() ?? null;
  }

  /** Looks again who coordinates a group's run: a holder that was killed says nothing of it. */
  async lookAgain(key: GroupKey): Promise<void> {
    await this.#slots.get(key)?.look();
  }

  /** Where tasks that a run would launch could write the same file at the same time, as far as the plan says. */
  forecast(key: GroupKey, options: RunOptions = {}): readonly Conflict[] {
    const chosen = this.#choose(key, options);
    return chosen.ok ? forecastOfRun(chosen.value) : [];
  }

  /** The forecast where a person has to say what to do about it before the run. */
  async undecided(key: GroupKey, options: RunOptions = {}): Promise<readonly Conflict[]> {
    await this.#readAgain(key);
    const { conflicts, maxConcurrent } = this.#loaded.config;
    return conflicts === 'ask' && maxConcurrent > 1 ? this.forecast(key, options) : [];
  }

  /** Has a person approve what a run of a group would execute, without starting it. */
  async approve(key: GroupKey): Promise<Result<void, RunRefusal>> {
    const prepared = await this.#prepare(key, {});
    return prepared.ok ? success(undefined) : prepared;
  }

  /** Starts a run of a group, once everything that it would execute is approved. */
  async run(key: GroupKey, options: RunOptions = {}): Promise<Result<HeldRun, RunRefusal>> {
    const prepared = await this.#prepare(key, options);
    return prepared.ok ? this.#start(prepared.value) : prepared;
  }

  /** Takes up a run that nobody coordinates. `takeFrom`: the epoch that a person agreed to take it from. */
  async resume(
    key: GroupKey,
    takeFrom: number | null = null,
  ): Promise<Result<HeldRun, RunRefusal>> {
    const slot = this.#slots.get(key);
    const current = slot?.current();
    if (slot === undefined || current?.state.ended !== null) {
      return refuse('nothing', 'There is no unfinished run to resume.');
    }
    if (!this.#options.isTrusted()) {
      return refuse('nothing', 'This folder is in Restricted Mode: nothing runs.');
    }
    const approved = await approveRun(this.#options, current.state.plan);
    return approved.ok ? this.#takeUp(slot, takeFrom, []) : approved;
  }

  /** Stops a group's run: ours at once, another's by asking its holder. The failure is a sentence. */
  async stop(key: GroupKey): Promise<string | null> {
    const slot = this.#slots.get(key);
    if (slot === undefined) {
      return 'Nothing of this group is running.';
    }
    if (slot.held !== null) {
      slot.held.cancel(null, this.#options.label);
      return null;
    }
    await this.lookAgain(key);
    if (slot.current()?.holder.holder === 'nobody') {
      // Nothing is launched any more, so there is nothing to approve.
      const by = this.#options.label;
      const resumed = await this.#takeUp(slot, null, [
        { type: 'cancel.requested', task: null, by },
      ]);
      return resumed.ok ? null : resumed.failure.message;
    }
    return slot.ask('cancel');
  }

  /** Closes a proven task whose plan could not be changed when its run closed it. The failure is a sentence. */
  closeAgain(task: TaskKey): Promise<Result<void, string>> {
    return closeAgain(this, this.#env.writeStatus, task);
  }

  /** Lets go of every run without ending anything: terminals keep running and the runs can be taken up. */
  async release(): Promise<void> {
    await this.#slots.release();
    disposeAll(this.#subscriptions);
  }

  /** Like `release`, for when there is no time left. */
  dispose(): void {
    this.#slots.dispose();
    disposeAll(this.#subscriptions);
  }

  /** Freezes what a run would do and has it approved. */
  async #prepare(key: GroupKey, options: RunOptions): Promise<Result<RunPlan, RunRefusal>> {
    if (!this.#options.isTrusted()) {
      return refuse('nothing', 'This folder is in Restricted Mode: plans are shown, nothing runs.');
    }
    await this.#readAgain(key);
    const chosen = this.#choose(key, options);
    if (!chosen.ok) {
      return chosen;
    }
    const plan = await prepareRun({
      ...chosen.value,
      config: this.#loaded.config,
      workspaceRoot: this.root,
      now: this.#options.clock.now(),
      runner: this.#options.runner,
    });
    const approved = await approveRun(this.#options, plan);
    return approved.ok ? success(plan) : approved;
  }

  #choose(key: GroupKey, options: RunOptions): Result<ChosenRun, RunRefusal> {
    return chooseRun(this.plan(), key, options, this.newestRun(key));
  }

  /** A file that was just saved may not have been reported yet, and must not run as it was before. */
  async #readAgain(key: GroupKey): Promise<void> {
    this.#loaded = await loadConfig(this.root, this.#options.overrides());
    const shown = this.plan().groups.find((each) => each.key === key);
    if (shown !== undefined) {
      // A tool's plan is read by its source, a file's by the file.
      const files = shown.tasks.map(({ place }) => place.file);
      await this.#options.plans.refresh(...new Set([shown.source, ...files]));
    }
  }

  async #takeUp(
    slot: GroupSlot,
    takeFrom: number | null,
    opening: readonly RunEventBody[],
  ): Promise<Result<HeldRun, RunRefusal>> {
    const lock = await lockGroup(this.#env, slot.directory, takeFrom);
    if (!lock.ok) {
      return lock;
    }
    const run = await resumeRun(this.#env, slot.directory, lock.value, opening);
    if (run.ok) {
      slot.hold(run.value);
    } else {
      lock.value.release();
    }
    return run;
  }

  async #start(plan: RunPlan): Promise<Result<HeldRun, RunRefusal>> {
    const [source, id] = [asSourceId(plan.source), asGroupId(plan.groupId)];
    const directory = await createGroupDirectory(this.root, source, id);
    if (!directory.ok) {
      return refuse('storage', directory.failure.message);
    }
    const slot = this.#slots.obtain(plan.group, directory.value);
    const lock = await lockGroup(this.#env, directory.value, null);
    if (!lock.ok) {
      return lock;
    }
    await slot.open();
    const known = slot.current();
    const run =
      known?.state.ended === null
        ? unfinished({ id }, known.holder)
        : await startRun(this.#env, directory.value, lock.value, plan);
    if (run.ok) {
      slot.hold(run.value);
    } else {
      lock.value.release();
    }
    return run;
  }

  /** Only dependencies outside of a running group are looked at again; the rest of its plan is frozen. */
  #planChanged(edited: boolean): void {
    this.#slots.tell((run) => planNews(run, this.plan(), edited));
    this.#changes.fire(undefined);
  }
}
