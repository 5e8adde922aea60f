import { blockersOf } from '../../coordinator/plan/blockers.ts';
import { launchable } from '../../coordinator/projections/group/project-group.ts';
import type { Group, Plan } from '../../coordinator/schema/task.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { ConflictChoice } from '../contract/conflict-choice.ts';
import type { RunRefusal } from '../contract/run-refusal.ts';
import { withoutTasks } from '../prepare/leave-out.ts';
import { withAgain, type WorkflowPart } from '../prepare/workflow-part.ts';
import type { ActiveRun } from '../run/active-run.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What came of one group. */
export interface GroupOutcome {
  readonly group: GroupKey;
  /** One after another; none where nothing of the group could run. */
  readonly runs: readonly ActiveRun[];
  /** Why it was not run, or not once more. */
  readonly refusal: RunRefusal | null;
}

export interface RunAllOptions {
  /** Told of every run as it starts. */
  readonly onRun?: (run: ActiveRun) => void;
  /** Told of every run that is over, before anything else starts. */
  readonly onOver?: (run: ActiveRun) => Promise<void>;
  /** What to do about tasks that name the same file; `undefined`: as configured. */
  readonly conflicts?: ConflictChoice | undefined;
  /** The only tasks that are run; all where not given. */
  readonly only?: ReadonlySet<TaskKey> | undefined;
  /** What the runs are for a workflow, if they are a stage of one. */
  readonly part?: WorkflowPart | undefined;
  /** What was tried before, where a stage is gone on with: nothing of it is launched. */
  readonly before?: Tried | undefined;
  /** Asked before every run. */
  readonly isCancelled: () => boolean;
}

/** Tasks that are not launched once more. */
export interface Tried {
  readonly tried: ReadonlySet<TaskKey>;
  /** Those of them that did not succeed. */
  readonly failed: ReadonlySet<TaskKey>;
}

/**
 * Runs every group of the plan, one at a time and in the plan's order: always the first that has a task to run, so that
 * a group is run again once what blocked some of its tasks is done. No task is launched twice. What fails, or may not
 * run, stops no other group. Everything is approved before anything starts.
 */
export async function runAll(
  workspace: Workspace,
  options: RunAllOptions,
): Promise<GroupOutcome[]> {
  const { conflicts, only } = options;
  const batch = new Batch(workspace.plans.current(), options);
  for (const key of batch.keys()) {
    const part = batch.part();
    const approved = options.isCancelled() ? null : await workspace.approve(key, { only, part });
    if (approved?.ok === false && approved.failure.reason !== 'nothing') {
      batch.refuse(key, approved.failure);
    }
  }
  let key = batch.next(workspace.plans.current());
  while (key !== null && !options.isCancelled()) {
    const part = batch.part();
    const started = await workspace.starter.run(key, {
      except: batch.failed,
      conflicts,
      only,
      part,
    });
    if (started.ok) {
      options.onRun?.(started.value);
      await started.value.over;
      batch.take(key, started.value);
      await options.onOver?.(started.value);
    } else {
      batch.refuse(key, started.failure);
    }
    key = batch.next(workspace.plans.current());
  }
  return batch.outcomes();
}

interface Progress {
  readonly runs: ActiveRun[];
  refusal: RunRefusal | null;
  /** Its last run tried nothing new, so another would not either. */
  spent: boolean;
}

/** What has been tried so far. */
class Batch {
  readonly failed: Set<TaskKey>;
  readonly #tried: Set<TaskKey>;
  readonly #options: Pick<RunAllOptions, 'only' | 'part'>;
  readonly #groups: ReadonlyMap<GroupKey, Progress>;

  constructor(plan: Plan, options: Pick<RunAllOptions, 'only' | 'part' | 'before'>) {
    const { only, before } = options;
    this.failed = new Set(before?.failed);
    this.#tried = new Set(before?.tried);
    this.#options = options;
    const groups = plan.groups.filter(
      ({ tasks }) => only === undefined || tasks.some((task) => only.has(task.key)),
    );
    this.#groups = new Map(
      groups.map(({ key }) => [key, { runs: [], refusal: null, spent: false }]),
    );
  }

  /** What the next run is for its workflow: what was done once more by now is done. */
  part(): WorkflowPart | undefined {
    const { part } = this.#options;
    if (part === undefined) {
      return undefined;
    }
    return { ...part, again: new Set([...part.again].filter((key) => !this.#tried.has(key))) };
  }

  keys(): GroupKey[] {
    return [...this.#groups.keys()];
  }

  refuse(key: GroupKey, refusal: RunRefusal): void {
    const progress = this.#groups.get(key);
    if (progress !== undefined) {
      progress.refusal = refusal;
    }
  }

  take(key: GroupKey, run: ActiveRun): void {
    const progress = this.#groups.get(key);
    if (progress === undefined) {
      return;
    }
    progress.runs.push(run);
    const before = this.#tried.size;
    for (const { planned, state } of run.state.order) {
      if (state.kind === 'excluded' || state.kind === 'blocked') {
        continue;
      }
      this.#tried.add(planned.key);
      if (state.kind !== 'completed') {
        this.failed.add(planned.key);
      }
    }
    progress.spent = this.#tried.size === before;
    if (run.state.ended === null) {
      const message = run.suspended ?? t('Another window or command line goes on with it.');
      this.refuse(key, { reason: 'unfinished', message });
    }
  }

  /** The group to run now; `null` when nothing new could be tried. */
  next(current: Plan): GroupKey | null {
    const plan = withoutTasks(this.#asIs(current), this.failed);
    const next = plan.groups.find((group) => {
      const progress = this.#groups.get(group.key);
      return progress?.refusal === null && !progress.spent && this.#hasNew(group, plan);
    });
    return next?.key ?? null;
  }

  outcomes(): GroupOutcome[] {
    return [...this.#groups].map(([group, { runs, refusal }]) => ({ group, runs, refusal }));
  }

  #asIs(plan: Plan): Plan {
    const { only } = this.#options;
    const others = only === undefined ? [] : [...plan.tasks.keys()].filter((key) => !only.has(key));
    const again = this.part()?.again ?? new Set();
    return withoutTasks(withAgain(plan, again), new Set(others), 'not chosen');
  }

  #hasNew(group: Group, plan: Plan): boolean {
    const blocked = blockersOf(group, plan);
    return launchable(group).some(({ key }) => !blocked.has(key) && !this.#tried.has(key));
  }
}
