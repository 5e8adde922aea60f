import { untestedWords, versionOf } from '../../agents/installed.ts';
import { AGENTS } from '../../agents/registry.ts';
import type { Conflict } from '../../coordinator/plan/conflicts/forecast.ts';
import type { Holder } from '../../coordinator/projections/project-run.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import { isBuiltInAgent } from '../../shared/agent-ids.ts';
import { asGroupId, asSourceId, type GroupKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { type Result, success } from '../../shared/result.ts';
import { createGroupDirectory } from '../../store/directories/group-directory.ts';
import { type Dispatcher, programFinder } from '../agents/resolve-agents.ts';
import { refuse, unfinished } from '../contract/refusals.ts';
import type { RunContext } from '../contract/run-environment.ts';
import { newRunId } from '../contract/run-id.ts';
import type { RunRefusal } from '../contract/run-refusal.ts';
import type { WorkspaceOptions } from '../contract/workspace-options.ts';
import type { GroupRunRegistry } from '../groups/group-run-registry.ts';
import { approvalOf, askApproval } from '../prepare/approve-run.ts';
import {
  chooseRun,
  type ChosenRun,
  forecastOfRun,
  type RunOptions,
} from '../prepare/choose-run.ts';
import { freezeMutexes } from '../prepare/freeze-mutexes.ts';
import { freezeMap, type MapRequest, requestOf, withoutUnits } from '../prepare/map/freeze-map.ts';
import { prepareRun } from '../prepare/prepare-run.ts';
import type { PreparedRun } from '../prepare/prepared-run.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { lockGroup } from '../run/lock-group.ts';
import { startRun } from '../run/start-run.ts';

/** The conflicts of one of several groups that need the user's decision. */
export interface UndecidedGroup {
  readonly key: GroupKey;
  readonly conflicts: readonly Conflict[];
}

/** Dependencies of starting and resuming runs of a workspace. */
export interface RunStarterDeps {
  readonly options: WorkspaceOptions;
  readonly context: RunContext;
  readonly runs: GroupRunRegistry;
  /** Reads the configuration again. */
  readonly reload: () => Promise<void>;
  /** Returns the agents that can accept tasks now. */
  readonly dispatcher: () => Promise<Dispatcher>;
}

/** Starts runs: selects their tasks, freezes them, asks for approval and acquires the group's lock. */
export class RunStarter {
  readonly #deps: RunStarterDeps;

  constructor(deps: RunStarterDeps) {
    this.#deps = deps;
  }

  /**
   * Prepares a run of a group from one reading of configuration and plan: what it will do, what the user has to decide
   * and what the user has to approve. Starts nothing.
   */
  async prepare(key: GroupKey, options: RunOptions = {}): Promise<Result<PreparedRun, RunRefusal>> {
    const trusted = this.#mayRun();
    if (!trusted.ok) {
      return trusted;
    }
    await this.#readAgain([key]);
    const { context, options: workspace, runs } = this.#deps;
    const known = runs.get(key)?.current() ?? null;
    if (known?.state.plan.map !== undefined) {
      return this.#prepareMapAgain(known, options);
    }
    const chosen = this.#choose(key, options);
    if (!chosen.ok) {
      return chosen;
    }
    const { group, plan } = chosen.value;
    const spec = await prepareRun({
      ...chosen.value,
      config: context.config(),
      workspaceRoot: context.workspaceRoot,
      now: context.clock.now(),
      runner: workspace.runner,
      dispatcher: await this.#deps.dispatcher(),
    });
    return success({
      ...(await this.withApproval(spec)),
      undecided: this.#undecided(chosen.value),
      declaredMutexes: freezeMutexes(group, plan, 'together'),
    });
  }

  /** Prepares a map, which applies one agent to many units. Starts nothing. */
  async prepareMap(request: MapRequest): Promise<Result<PreparedRun, RunRefusal>> {
    const trusted = this.#mayRun();
    if (!trusted.ok) {
      return trusted;
    }
    const { context, reload } = this.#deps;
    await reload();
    const frozen = await freezeMap(request, {
      run: newRunId(context.clock.now()),
      config: context.config(),
      find: programFinder(process.env),
      dispatcher: await this.#deps.dispatcher(),
    });
    return frozen.ok
      ? success(await this.withApproval(frozen.value))
      : refuse('nothing', frozen.failure);
  }

  /** Returns a frozen run with the commands that the user has to approve. */
  async withApproval(frozen: RunSpec): Promise<PreparedRun> {
    const spec = { ...frozen, warnings: [...frozen.warnings, ...(await versionWarnings(frozen))] };
    const { options, context } = this.#deps;
    const everyRun = context.config().policies.approval === 'each-run';
    const approval = await approvalOf(options, spec, everyRun);
    return { spec, undecided: [], declaredMutexes: spec.mutexes, approval };
  }

  /** Asks the user to approve the commands that a prepared run would execute. */
  async approve({ spec, approval }: PreparedRun): Promise<Result<void, RunRefusal>> {
    const trusted = this.#mayRun();
    const { options, context } = this.#deps;
    return trusted.ok ? askApproval(options, context.bus, spec, approval) : trusted;
  }

  /** Starts a prepared run once the user has approved everything that it would execute. */
  async start(prepared: PreparedRun): Promise<Result<ActiveRun, RunRefusal>> {
    const approved = await this.approve(prepared);
    return approved.ok ? this.#begin(prepared.spec) : approved;
  }

  /** Prepares and starts a run of a group; the options must leave nothing to decide. */
  async run(key: GroupKey, options: RunOptions = {}): Promise<Result<ActiveRun, RunRefusal>> {
    const prepared = await this.prepare(key, options);
    return prepared.ok ? this.start(prepared.value) : prepared;
  }

  /** Returns each group's conflicts (may be empty) that the user has to decide before the groups run one by one. */
  async undecided(
    keys: readonly GroupKey[],
    options: RunOptions = {},
  ): Promise<readonly UndecidedGroup[]> {
    await this.#readAgain(keys);
    return keys.map((key) => {
      const chosen = this.#choose(key, options);
      return { key, conflicts: chosen.ok ? this.#undecided(chosen.value) : [] };
    });
  }

  async #begin(plan: RunSpec): Promise<Result<ActiveRun, RunRefusal>> {
    const { context, runs } = this.#deps;
    const [source, id] = [asSourceId(plan.source), asGroupId(plan.groupId)];
    const directory = await createGroupDirectory(context.workspaceRoot, source, id);
    if (!directory.ok) {
      return refuse('storage', directory.failure.message);
    }
    const handle = runs.obtain(plan.group, directory.value);
    await handle.free();
    const lock = await lockGroup(context, directory.value, null);
    if (!lock.ok) {
      return lock;
    }
    await handle.open();
    const known = handle.current();
    const run =
      known?.state.ended === null
        ? unfinished({ id }, known.holder)
        : await startRun(context, directory.value, lock.value, plan);
    if (run.ok) {
      handle.hold(run.value);
    } else {
      lock.value.release();
    }
    return run;
  }

  async #prepareMapAgain(
    { state, holder }: { readonly state: RunState; readonly holder: Holder },
    options: RunOptions,
  ): Promise<Result<PreparedRun, RunRefusal>> {
    const request = requestOf(state.plan);
    if (state.ended === null || request === null) {
      return unfinished({ id: state.plan.groupId }, holder);
    }
    const prepared = await this.prepareMap(request);
    if (!prepared.ok) {
      return prepared;
    }
    const spec = withoutUnits(prepared.value.spec, state, options);
    return success({ ...prepared.value, spec });
  }

  #mayRun(): Result<void, RunRefusal> {
    return this.#deps.options.isTrusted()
      ? success(undefined)
      : refuse('nothing', t('This folder is in Restricted Mode: plans are shown, nothing runs.'));
  }

  #undecided(chosen: ChosenRun): readonly Conflict[] {
    const { conflicts, maxConcurrent } = this.#deps.context.config();
    const isAsked = chosen.conflicts === null && conflicts === 'ask' && maxConcurrent > 1;
    return isAsked ? forecastOfRun(chosen) : [];
  }

  #choose(key: GroupKey, options: RunOptions): Result<ChosenRun, RunRefusal> {
    const { context, runs } = this.#deps;
    return chooseRun(context.plan(), key, options, runs.get(key)?.current() ?? null);
  }

  /**
   * Reads configuration and plans again: the watcher may not have reported a file that was just saved, and its old
   * content must not run.
   */
  async #readAgain(keys: readonly GroupKey[]): Promise<void> {
    const { context, options, reload } = this.#deps;
    await reload();
    const wanted = new Set(keys);
    // A tool's plan is refreshed by its source, a file's by the file.
    const places = context
      .plan()
      .groups.filter(({ key }) => wanted.has(key))
      .flatMap(({ source, tasks }) => [source, ...tasks.map(({ place }) => place.file)]);
    if (places.length > 0) {
      await options.plans.refresh(...new Set(places));
    }
  }
}

/**
 * Returns a warning for each built-in agent of a plan whose version was never tested. Asks a program for its version
 * only once while the program stays unchanged. An unknown version causes no warning, and no agent is refused for its
 * version.
 */
async function versionWarnings(plan: Pick<RunSpec, 'tasks'>): Promise<string[]> {
  const programs = new Map<string, string>();
  for (const { agent, command } of plan.tasks.flatMap(({ agents }) => agents)) {
    const [program] = command.kind === 'argv' ? command.argv : [];
    if (program !== undefined) {
      programs.set(agent, program);
    }
  }
  const warnings = [...programs].map(async ([agent, program]) =>
    isBuiltInAgent(agent)
      ? untestedWords(AGENTS[agent], await versionOf(program, process.env))
      : null,
  );
  return (await Promise.all(warnings)).filter((warning) => warning !== null);
}
