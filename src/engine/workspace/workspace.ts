import {
  type CoordinatorBus,
  createCoordinatorBus,
} from '../../coordinator/messages/coordinator-bus.ts';
import type { Conflict } from '../../coordinator/plan/conflicts/forecast.ts';
import type { Holder } from '../../coordinator/projections/project-run.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { runDirectory } from '../../store/directories/run-directory.ts';
import { WorkspaceAgents } from '../agent-health/workspace-agents.ts';
import { findReport } from '../artifacts/find-report.ts';
import { loadConfig, type LoadedConfig } from '../config/load-config.ts';
import type { Judgement } from '../contract/judgement.ts';
import type { RunContext } from '../contract/run-environment.ts';
import type { RunRefusal } from '../contract/run-refusal.ts';
import type { WorkspaceOptions } from '../contract/workspace-options.ts';
import { GroupRunRegistry } from '../groups/group-run-registry.ts';
import { planChangeEvents } from '../groups/plan-changes.ts';
import type { RunOptions } from '../prepare/choose-run.ts';
import type { MapRequest } from '../prepare/map/freeze-map.ts';
import { ShownGroups } from '../projection/shown-groups.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { RunControl } from '../start/run-control.ts';
import { RunStarter } from '../start/run-starter.ts';
import { closeAgain } from '../steering/close-again.ts';
import { type Nudged, nudgeTask } from '../steering/nudge-task.ts';
import { TelemetryFeed } from '../telemetry/telemetry-feed.ts';
import { createRunContext } from './run-environment.ts';

/** A workspace with its plans and runs: the one thing that every view and command works on. */
export class Workspace implements Disposable {
  readonly #options: WorkspaceOptions;
  readonly #env: RunContext;
  readonly #slots: GroupRunRegistry;
  readonly #starter: RunStarter;
  readonly #keeper: RunControl;
  readonly #shown = new ShownGroups();
  readonly #subscriptions: Disposable[] = [];
  readonly #telemetry: TelemetryFeed;
  #loaded: LoadedConfig;

  /** Tells of everything that happens here, and asks what only a person can say. */
  readonly bus: CoordinatorBus;
  /** Who can carry tasks out. */
  readonly agents: WorkspaceAgents;

  private constructor(options: WorkspaceOptions, loaded: LoadedConfig) {
    this.#options = options;
    this.#loaded = loaded;
    this.bus = createCoordinatorBus();
    this.#telemetry = new TelemetryFeed({
      bus: this.bus,
      workspaceRoot: options.workspaceRoot,
      settings: options.telemetry ?? (() => ({ endpoint: null, content: false })),
    });
    this.#env = createRunContext(options, {
      bus: this.bus,
      config: () => this.#loaded.config,
      wrote: () => {
        this.#planChanged(false);
      },
    });
    this.#slots = new GroupRunRegistry(this.#env, (group) => {
      this.#changed(group);
    });
    this.agents = new WorkspaceAgents({
      env: this.#env,
      slots: this.#slots,
      isTrusted: options.isTrusted,
      loaded: () => this.#loaded,
      changed: () => {
        this.#changed(null);
      },
    });
    const parts = {
      options,
      env: this.#env,
      slots: this.#slots,
      reload: () => this.#reload(),
      dispatcher: () => this.agents.dispatcher(),
    };
    this.#starter = new RunStarter(parts);
    this.#keeper = new RunControl(parts);
  }

  /** Opens the workspace with every run that is known of it. */
  static async open(options: WorkspaceOptions): Promise<Workspace> {
    const loaded = await loadConfig(options.workspaceRoot, options.overrides());
    const workspace = new Workspace(options, loaded);
    await workspace.agents.open();
    await workspace.#slots.open();
    workspace.#subscriptions.push(
      options.plans.onChange(() => {
        workspace.#planChanged(true);
      }),
      workspace.bus.subscribe('run.event', 'views', ({ group }) => {
        workspace.#changed(group);
      }),
      workspace.bus.subscribe('run.ended', 'views', ({ group }) => {
        workspace.#changed(group);
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

  /** What it was opened with. */
  get options(): WorkspaceOptions {
    return this.#options;
  }

  /** The configuration in force. */
  get config(): Config {
    return this.#loaded.config;
  }

  plan(): Plan {
    return this.#options.plans.current();
  }

  /** Every group as it is to be shown now, in plan order; then the maps. */
  groups(): GroupView[] {
    const around = {
      plan: this.plan(),
      subagents: this.#loaded.config.subagents,
      workspaceRoot: this.root,
      now: this.#options.clock.now(),
      allowed: this.#options.isTrusted(),
      runOf: (key: GroupKey) => this.newestRun(key),
    };
    return this.#shown.of(around, this.#slots.newest());
  }

  /** Whether there is any group to show, maps included; projects none. */
  hasGroups(): boolean {
    return (
      this.plan().groups.length > 0 ||
      this.#slots.newest().some(({ state }) => state.plan.kind === 'map')
    );
  }

  /** The run of a group that this process coordinates and that is not over. */
  held(key: GroupKey): ActiveRun | null {
    return this.#slots.get(key)?.active ?? null;
  }

  /** Groups with a run that is not over and that nobody coordinates. */
  unfinished(): GroupKey[] {
    return this.#slots.unfinished();
  }

  /** Reads configuration, plans and runs again. */
  async refresh(): Promise<void> {
    await this.#reload();
    await this.#options.plans.select(this.#loaded.config.sources);
    await this.agents.open();
    await this.#slots.refresh();
    this.#changed(null);
  }

  /** The newest run of a group, whoever coordinates it; `null` if this user never ran it. */
  newestRun(key: GroupKey): { readonly state: RunState; readonly holder: Holder } | null {
    return this.#slots.get(key)?.current() ?? null;
  }

  /** The report of a group's newest run (absolute file), waited for while it is written; `null`: no run of it is over. */
  async report(key: GroupKey): Promise<string | null> {
    const slot = this.#slots.get(key);
    const run = slot?.current()?.state;
    return slot === undefined || run === undefined || run.ended === null
      ? null
      : findReport(run, runDirectory(this.root, run.plan.run), slot.directory);
  }

  /** Looks again who coordinates a group's run: a holder that was killed says nothing of it. */
  async lookAgain(key: GroupKey): Promise<void> {
    await this.#slots.get(key)?.look();
  }

  /** Where tasks that a run would launch could write the same file at the same time, as far as the plan says. */
  forecast(key: GroupKey, options: RunOptions = {}): readonly Conflict[] {
    return this.#starter.forecast(key, options);
  }

  /** The forecast where a person has to say what to do about it before the run. */
  undecided(key: GroupKey, options: RunOptions = {}): Promise<readonly Conflict[]> {
    return this.#starter.undecided(key, options);
  }

  /** Has a person approve what a run of a group would execute, without starting it. */
  async approve(key: GroupKey, options: RunOptions = {}): Promise<Result<void, RunRefusal>> {
    if (options.retry === true) {
      await this.agents.trySignInsAgain();
    }
    const prepared = await this.#starter.prepare(key, options);
    return prepared.ok ? this.#starter.approve(prepared.value) : prepared;
  }

  /** Starts a run of a group, once everything that it would execute is approved. */
  async run(key: GroupKey, options: RunOptions = {}): Promise<Result<ActiveRun, RunRefusal>> {
    const prepared = await this.#starter.prepare(key, options);
    return prepared.ok ? this.#starter.start(prepared.value) : prepared;
  }

  /** Freezes what a map would do: one agent over many units. `start` starts it. */
  prepareMap(request: MapRequest): Promise<Result<RunSpec, RunRefusal>> {
    return this.#starter.prepareMap(request);
  }

  /** Starts a run of any frozen plan, once everything that it would execute is approved. */
  start(plan: RunSpec): Promise<Result<ActiveRun, RunRefusal>> {
    return this.#starter.start(plan);
  }

  /** Takes up a run that nobody coordinates. `takeFrom`: the epoch that a person agreed to take it from. */
  resume(key: GroupKey, takeFrom: number | null = null): Promise<Result<ActiveRun, RunRefusal>> {
    return this.#keeper.resume(key, takeFrom);
  }

  /** Stops a group's run, or one task of it; another's by asking its holder. The failure is a sentence. */
  stop(key: GroupKey, task: TaskKey | null = null): Promise<string | null> {
    return this.#keeper.stop(key, task);
  }

  /** Takes a person's word on a task that they are asked about. The failure is a sentence. */
  judge(key: GroupKey, task: TaskKey, word: Judgement): Promise<string | null> {
    return this.#keeper.judge(key, task, word);
  }

  /** Tells an agent at work what a person has to say, or takes a task up once more with it. */
  nudge(task: TaskKey, message: string): Promise<Result<Nudged, string>> {
    const takeUp = (key: GroupKey): Promise<string | null> =>
      this.#keeper.nudge(key, task, message);
    return nudgeTask(this, { task, message, takeUp });
  }

  /** Closes a proven task whose plan could not be changed when its run closed it. The failure is a sentence. */
  closeAgain(task: TaskKey): Promise<Result<void, string>> {
    return closeAgain(this, this.#env.writeStatus, task);
  }

  /** Lets go of every run without ending anything: terminals keep running and the runs can be taken up. */
  async release(): Promise<void> {
    await this.#slots.release();
    await this.agents.settled();
    this.agents.dispose();
    disposeAll(this.#subscriptions);
    await this.#telemetry.close();
  }

  /** Like `release`, for when there is no time left. */
  dispose(): void {
    this.#slots.dispose();
    this.agents.dispose();
    disposeAll(this.#subscriptions);
    this.#telemetry.dispose();
  }

  async #reload(): Promise<void> {
    this.#loaded = await loadConfig(this.root, this.#options.overrides());
  }

  /** Running groups re-evaluate only dependencies outside of them; the rest of their plan is frozen. */
  #planChanged(edited: boolean): void {
    this.#slots.tell((run) => planChangeEvents(run, this.plan(), edited));
    this.bus.publish('workspace.changed', { root: this.root, group: null, plan: { edited } });
  }

  #changed(group: GroupKey | null): void {
    this.bus.publish('workspace.changed', { root: this.root, group, plan: null });
  }
}
