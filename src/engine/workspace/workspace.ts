import {
  type CoordinatorBus,
  createCoordinatorBus,
} from '../../coordinator/messages/coordinator-bus.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { runDirectory } from '../../store/directories/run-directory.ts';
import type { PlanStore } from '../../tasks/plans/plan-store.ts';
import { WorkspaceAgents } from '../agent-health/workspace-agents.ts';
import { findReport } from '../artifacts/find-report.ts';
import { loadConfig, type LoadedConfig } from '../config/load-config.ts';
import type { RunContext } from '../contract/run-environment.ts';
import type { RunRefusal } from '../contract/run-refusal.ts';
import type { WorkspaceOptions } from '../contract/workspace-options.ts';
import { GroupRunRegistry } from '../groups/group-run-registry.ts';
import { planChangeEvents } from '../groups/plan-changes.ts';
import type { RunOptions } from '../prepare/choose-run.ts';
import { ShownGroups } from '../projection/shown-groups.ts';
import { RunControl } from '../start/run-control.ts';
import { RunStarter } from '../start/run-starter.ts';
import { closeAgain } from '../steering/close-again.ts';
import { type Nudged, nudgeTask } from '../steering/nudge-task.ts';
import { TelemetryFeed } from '../telemetry/telemetry-feed.ts';
import { createRunContext } from './run-environment.ts';

/** A workspace with its plans and runs: the one thing that every view and command works on. */
export class Workspace implements Disposable {
  readonly #options: WorkspaceOptions;
  readonly #context: RunContext;
  readonly #shown = new ShownGroups();
  readonly #subscriptions: Disposable[] = [];
  readonly #telemetry: TelemetryFeed;
  #loaded: LoadedConfig;

  /** Tells of everything that happens here, and asks what only a person can say. */
  readonly bus: CoordinatorBus;
  readonly plans: PlanStore;
  /** The newest run of every group. */
  readonly runs: GroupRunRegistry;
  readonly starter: RunStarter;
  readonly control: RunControl;
  readonly agents: WorkspaceAgents;

  private constructor(options: WorkspaceOptions, loaded: LoadedConfig) {
    this.#options = options;
    this.plans = options.plans;
    this.#loaded = loaded;
    this.bus = createCoordinatorBus();
    this.#telemetry = new TelemetryFeed({
      bus: this.bus,
      workspaceRoot: options.workspaceRoot,
      settings: options.telemetry ?? (() => ({ endpoint: null, content: false })),
    });
    this.#context = createRunContext(options, {
      bus: this.bus,
      config: () => this.#loaded.config,
      wrote: () => {
        this.#planChanged(false);
      },
    });
    this.runs = new GroupRunRegistry(this.#context, (group) => {
      this.#changed(group);
    });
    this.agents = new WorkspaceAgents({
      env: this.#context,
      slots: this.runs,
      isTrusted: options.isTrusted,
      loaded: () => this.#loaded,
      changed: () => {
        this.#changed(null);
      },
    });
    const deps = {
      options,
      context: this.#context,
      runs: this.runs,
      reload: () => this.#reload(),
      dispatcher: () => this.agents.dispatcher(),
    };
    this.starter = new RunStarter(deps);
    this.control = new RunControl(deps);
  }

  /** Opens the workspace with every run that is known of it. */
  static async open(options: WorkspaceOptions): Promise<Workspace> {
    const loaded = await loadConfig(options.workspaceRoot, options.overrides());
    const workspace = new Workspace(options, loaded);
    await workspace.agents.open();
    await workspace.runs.open();
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

  /** Every group as it is to be shown now, in plan order; then the maps. */
  groups(): GroupView[] {
    const around = {
      plan: this.plans.current(),
      subagents: this.#loaded.config.subagents,
      workspaceRoot: this.root,
      now: this.#options.clock.now(),
      allowed: this.#options.isTrusted(),
      runOf: (key: GroupKey) => this.runs.newestOf(key),
    };
    return this.#shown.of(around, this.runs.newest());
  }

  /** Whether there is any group to show, maps included; projects none. */
  hasGroups(): boolean {
    return (
      this.plans.current().groups.length > 0 ||
      this.runs.newest().some(({ state }) => state.plan.kind === 'map')
    );
  }

  /** Reads configuration, plans and runs again. */
  async refresh(): Promise<void> {
    await this.#reload();
    await this.plans.select(this.#loaded.config.sources);
    await this.agents.open();
    await this.runs.refresh();
    this.#changed(null);
  }

  /** The report of a group's newest run (absolute file), waited for while it is written; `null`: no run of it is over. */
  async report(key: GroupKey): Promise<string | null> {
    const slot = this.runs.get(key);
    const run = slot?.current()?.state;
    return slot === undefined || run === undefined || run.ended === null
      ? null
      : findReport(run, runDirectory(this.root, run.plan.run), slot.directory);
  }

  /** Looks again who coordinates a group's run: a holder that was killed says nothing of it. */
  async lookAgain(key: GroupKey): Promise<void> {
    await this.runs.get(key)?.look();
  }

  /** Has a person approve what a run of a group would execute, without starting it. */
  async approve(key: GroupKey, options: RunOptions = {}): Promise<Result<void, RunRefusal>> {
    if (options.retry === true) {
      await this.agents.trySignInsAgain();
    }
    const prepared = await this.starter.prepare(key, options);
    return prepared.ok ? this.starter.approve(prepared.value) : prepared;
  }

  /** Tells an agent at work what a person has to say, or takes a task up once more with it. */
  nudge(task: TaskKey, message: string): Promise<Result<Nudged, string>> {
    const takeUp = (key: GroupKey): Promise<string | null> =>
      this.control.nudge(key, task, message);
    return nudgeTask(this, { task, message, takeUp });
  }

  /** Closes a proven task whose plan could not be changed when its run closed it. The failure is a sentence. */
  closeAgain(task: TaskKey): Promise<Result<void, string>> {
    return closeAgain(this, this.#context.writeStatus, task);
  }

  /** Lets go of every run without ending anything: terminals keep running and the runs can be taken up. */
  async release(): Promise<void> {
    await this.runs.release();
    await this.agents.settled();
    this.agents.dispose();
    disposeAll(this.#subscriptions);
    await this.#telemetry.close();
  }

  /** Like `release`, for when there is no time left. */
  dispose(): void {
    this.runs.dispose();
    this.agents.dispose();
    disposeAll(this.#subscriptions);
    this.#telemetry.dispose();
  }

  async #reload(): Promise<void> {
    this.#loaded = await loadConfig(this.root, this.#options.overrides());
  }

  /** Running groups re-evaluate only dependencies outside of them; the rest of their plan is frozen. */
  #planChanged(edited: boolean): void {
    this.runs.tell((run) => planChangeEvents(run, this.plans.current(), edited));
    this.bus.publish('workspace.changed', { root: this.root, group: null, plan: { edited } });
  }

  #changed(group: GroupKey | null): void {
    this.bus.publish('workspace.changed', { root: this.root, group, plan: null });
  }
}
