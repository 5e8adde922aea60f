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
import { closeInPlan } from '../steering/close-again.ts';
import { type Nudged, nudgeTask } from '../steering/nudge-task.ts';
import { TelemetryFeed } from '../telemetry/telemetry-feed.ts';
import { createRunContext } from './run-environment.ts';

/** A workspace with its plans and runs: the model that all views and commands work on. */
export class Workspace implements Disposable {
  readonly #options: WorkspaceOptions;
  readonly #context: RunContext;
  readonly #shown = new ShownGroups();
  readonly #subscriptions: Disposable[] = [];
  readonly #telemetry: TelemetryFeed;
  #loaded: LoadedConfig;

  /** Publishes all events of the workspace, and the questions that only the user can answer. */
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
      onStatusWritten: () => {
        this.#planChanged(false);
      },
    });
    this.runs = new GroupRunRegistry(this.#context, (group) => {
      this.#changed(group);
    });
    this.agents = new WorkspaceAgents({
      context: this.#context,
      runs: this.runs,
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

  /** Opens the workspace with all its known runs. */
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

  /** The problems of the configuration, one sentence each. */
  get configProblems(): readonly string[] {
    return this.#loaded.problems;
  }

  /** The options that the workspace was opened with. */
  get options(): WorkspaceOptions {
    return this.#options;
  }

  /** The effective configuration. */
  get config(): Config {
    return this.#loaded.config;
  }

  /** Returns the current views of all groups, in plan order, followed by the maps. */
  groups(): GroupView[] {
    const context = {
      plan: this.plans.current(),
      subagents: this.#loaded.config.subagents,
      workspaceRoot: this.root,
      now: this.#options.clock.now(),
      allowed: this.#options.isTrusted(),
      runOf: (key: GroupKey) => this.runs.newestOf(key),
      runProblemOf: (key: GroupKey) => this.runs.get(key)?.problem ?? null,
    };
    return this.#shown.of(context, this.runs.newest());
  }

  /** Whether there is any group to show, including maps. Projects no group. */
  hasGroups(): boolean {
    return (
      this.plans.current().groups.length > 0 ||
      this.runs.newest().some(({ state }) => state.plan.kind === 'map')
    );
  }

  /** Reads configuration, plans, agent health and runs again. */
  async refresh(): Promise<void> {
    await this.#reload();
    await this.plans.select(this.#loaded.config.sources);
    await this.agents.open();
    await this.runs.refresh();
    this.#changed(null);
  }

  /**
   * Returns the report of a group's newest run (absolute path). Waits while the report is being written. `null` if
   * there is no run, or it has not ended.
   */
  async report(key: GroupKey): Promise<string | null> {
    const handle = this.runs.get(key);
    const run = handle?.current()?.state;
    return handle === undefined || run === undefined || run.ended === null
      ? null
      : findReport(run, runDirectory(this.root, run.plan.run), handle.directory);
  }

  /** Reads the coordinator of a group's run again: a killed holder sends no notice. */
  async refreshGroup(key: GroupKey): Promise<void> {
    await this.runs.get(key)?.refresh();
  }

  /** Asks the user to approve everything that a run of a group would execute, without starting the run. */
  async approve(key: GroupKey, options: RunOptions = {}): Promise<Result<void, RunRefusal>> {
    if (options.retry === true) {
      await this.agents.trySignInsAgain();
    }
    const prepared = await this.starter.prepare(key, options);
    return prepared.ok ? this.starter.approve(prepared.value) : prepared;
  }

  /** Delivers a message of the user to the agent of a running task, or resumes the task with it. */
  nudge(task: TaskKey, message: string): Promise<Result<Nudged, string>> {
    const resumeRun = (key: GroupKey): Promise<string | null> =>
      this.control.nudge(key, task, message);
    return nudgeTask(this, { task, message, resumeRun });
  }

  /** Closes a proven task again whose run could not write the plan when it closed it. The failure is a sentence. */
  closeInPlan(task: TaskKey): Promise<Result<void, string>> {
    return closeInPlan(this, this.#context.writeStatus, task);
  }

  /** Releases all runs without ending anything: terminals keep running, and the runs can be resumed. */
  async release(): Promise<void> {
    await this.runs.release();
    await this.agents.settled();
    this.agents.dispose();
    disposeAll(this.#subscriptions);
    await this.#telemetry.close();
  }

  /** Like `release`, but synchronous, for shutdown without time to wait. */
  dispose(): void {
    this.runs.dispose();
    this.agents.dispose();
    disposeAll(this.#subscriptions);
    this.#telemetry.dispose();
  }

  async #reload(): Promise<void> {
    this.#loaded = await loadConfig(this.root, this.#options.overrides());
  }

  /** Makes active runs re-evaluate their outside dependencies; the rest of their plan is frozen. */
  #planChanged(edited: boolean): void {
    this.runs.post((run) => planChangeEvents(run, this.plans.current(), edited));
    this.bus.publish('workspace.changed', { root: this.root, group: null, plan: { edited } });
  }

  #changed(group: GroupKey | null): void {
    this.bus.publish('workspace.changed', { root: this.root, group, plan: null });
  }
}
