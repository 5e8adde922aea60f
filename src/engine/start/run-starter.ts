import type { Conflict } from '../../coordinator/plan/conflicts/forecast.ts';
import type { Holder } from '../../coordinator/projections/project-run.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import { asGroupId, asSourceId, type GroupKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { type Result, success } from '../../shared/result.ts';
import { createGroupDirectory } from '../../store/directories/group-directory.ts';
import { type Dispatcher, programFinder } from '../agents/resolve-agents.ts';
import { versionWarnings } from '../agents/version-warnings.ts';
import { refuse, unfinished } from '../contract/refusals.ts';
import { type RunContext } from '../contract/run-environment.ts';
import { newRunId } from '../contract/run-id.ts';
import { type RunRefusal } from '../contract/run-refusal.ts';
import type { WorkspaceOptions } from '../contract/workspace-options.ts';
import type { GroupRunRegistry } from '../groups/group-run-registry.ts';
import { approveRun } from '../prepare/approve-run.ts';
import {
  chooseRun,
  type ChosenRun,
  forecastOfRun,
  type RunOptions,
} from '../prepare/choose-run.ts';
import { freezeMap, type MapRequest } from '../prepare/map/freeze-map.ts';
import { requestOf, withoutUnits } from '../prepare/map/repeat-map.ts';
import { prepareRun } from '../prepare/prepare-run.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { lockGroup, startRun } from '../run/open-run.ts';

/** What runs of a workspace are started and taken up with. */
export interface RunStarterDeps {
  readonly options: WorkspaceOptions;
  readonly env: RunContext;
  readonly slots: GroupRunRegistry;
  /** Reads the configuration again. */
  readonly reload: () => Promise<void>;
  /** Whom tasks can be given to just now. */
  readonly dispatcher: () => Promise<Dispatcher>;
}

/** Starts runs: chooses what they are made of, freezes it, has it approved and takes the group's lock. */
export class RunStarter {
  readonly #parts: RunStarterDeps;

  constructor(parts: RunStarterDeps) {
    this.#parts = parts;
  }

  /** Where tasks that a run would launch could write the same file at the same time, as far as the plan says. */
  forecast(key: GroupKey, options: RunOptions): readonly Conflict[] {
    const chosen = this.#choose(key, options);
    return chosen.ok ? forecastOfRun(chosen.value) : [];
  }

  /** The forecast where a person has to say what to do about it before the run. */
  async undecided(key: GroupKey, options: RunOptions): Promise<readonly Conflict[]> {
    await this.#readAgain(key);
    const { conflicts, maxConcurrent } = this.#parts.env.config();
    return conflicts === 'ask' && maxConcurrent > 1 ? this.forecast(key, options) : [];
  }

  /** Freezes what a run of a group would do. Nothing of it is approved yet. */
  async prepare(key: GroupKey, options: RunOptions): Promise<Result<RunSpec, RunRefusal>> {
    const trusted = this.#mayRun();
    if (!trusted.ok) {
      return trusted;
    }
    await this.#readAgain(key);
    const { env, options: workspace, slots } = this.#parts;
    const known = slots.get(key)?.current() ?? null;
    if (known?.state.plan.map !== undefined) {
      return this.#prepareMapAgain(known, options);
    }
    const chosen = this.#choose(key, options);
    if (!chosen.ok) {
      return chosen;
    }
    const plan = await prepareRun({
      ...chosen.value,
      config: env.config(),
      workspaceRoot: env.workspaceRoot,
      now: env.clock.now(),
      runner: workspace.runner,
      dispatcher: await this.#parts.dispatcher(),
    });
    return success(await withVersions(plan));
  }

  /** Freezes what a map would do. Nothing of it is approved yet. */
  async prepareMap(request: MapRequest): Promise<Result<RunSpec, RunRefusal>> {
    const trusted = this.#mayRun();
    if (!trusted.ok) {
      return trusted;
    }
    const { env, reload } = this.#parts;
    await reload();
    const frozen = await freezeMap(request, {
      run: newRunId(env.clock.now()),
      config: env.config(),
      find: programFinder(process.env),
      dispatcher: await this.#parts.dispatcher(),
    });
    return frozen.ok
      ? success(await withVersions(frozen.value))
      : refuse('nothing', frozen.failure);
  }

  /** Has a person approve what a frozen plan would execute. */
  async approve(plan: RunSpec): Promise<Result<void, RunRefusal>> {
    const trusted = this.#mayRun();
    const { options, env } = this.#parts;
    const everyRun = env.config().policies.approval === 'each-run';
    return trusted.ok ? approveRun(options, env.bus, plan, everyRun) : trusted;
  }

  /** Starts a run of any frozen plan, once everything that it would execute is approved. */
  async start(plan: RunSpec): Promise<Result<ActiveRun, RunRefusal>> {
    const approved = await this.approve(plan);
    return approved.ok ? this.#begin(plan) : approved;
  }

  async #begin(plan: RunSpec): Promise<Result<ActiveRun, RunRefusal>> {
    const { env, slots } = this.#parts;
    const [source, id] = [asSourceId(plan.source), asGroupId(plan.groupId)];
    const directory = await createGroupDirectory(env.workspaceRoot, source, id);
    if (!directory.ok) {
      return refuse('storage', directory.failure.message);
    }
    const slot = slots.obtain(plan.group, directory.value);
    await slot.free();
    const lock = await lockGroup(env, directory.value, null);
    if (!lock.ok) {
      return lock;
    }
    await slot.open();
    const known = slot.current();
    const run =
      known?.state.ended === null
        ? unfinished({ id }, known.holder)
        : await startRun(env, directory.value, lock.value, plan);
    if (run.ok) {
      slot.hold(run.value);
    } else {
      lock.value.release();
    }
    return run;
  }

  async #prepareMapAgain(
    { state, holder }: { readonly state: RunState; readonly holder: Holder },
    options: RunOptions,
  ): Promise<Result<RunSpec, RunRefusal>> {
    const request = requestOf(state.plan);
    if (state.ended === null || request === null) {
      return unfinished({ id: state.plan.groupId }, holder);
    }
    const prepared = await this.prepareMap(request);
    return prepared.ok ? success(withoutUnits(prepared.value, state, options)) : prepared;
  }

  #mayRun(): Result<void, RunRefusal> {
    return this.#parts.options.isTrusted()
      ? success(undefined)
      : refuse('nothing', t('This folder is in Restricted Mode: plans are shown, nothing runs.'));
  }

  #choose(key: GroupKey, options: RunOptions): Result<ChosenRun, RunRefusal> {
    const { env, slots } = this.#parts;
    return chooseRun(env.plan(), key, options, slots.get(key)?.current() ?? null);
  }

  /** A file that was just saved may not have been reported yet, and must not run as it was before. */
  async #readAgain(key: GroupKey): Promise<void> {
    const { env, options, reload } = this.#parts;
    await reload();
    const shown = env.plan().groups.find((each) => each.key === key);
    if (shown !== undefined) {
      // A tool's plan is read by its source, a file's by the file.
      const files = shown.tasks.map(({ place }) => place.file);
      await options.plans.refresh(...new Set([shown.source, ...files]));
    }
  }
}

/** A person is told once a run of versions that nobody tested. */
async function withVersions(plan: RunSpec): Promise<RunSpec> {
  return { ...plan, warnings: [...plan.warnings, ...(await versionWarnings(plan))] };
}
