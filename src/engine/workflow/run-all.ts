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

/** The outcome of one group. */
export interface GroupOutcome {
  readonly group: GroupKey;
  /** Its runs in order; empty if no task of the group could run. */
  readonly runs: readonly ActiveRun[];
  /** The reason why it did not run, or not again; `null` if there is none. */
  readonly refusal: RunRefusal | null;
}

export interface RunAllOptions {
  /** Called for every run at its start. */
  readonly onRun?: (run: ActiveRun) => void;
  /** Called for every run after its end, before the next one starts. */
  readonly onOver?: (run: ActiveRun) => Promise<void>;
  /** How to treat tasks that name the same file; `undefined`: as configured. */
  readonly conflicts?: ConflictChoice | undefined;
  /** The only tasks to run; default: all. */
  readonly only?: ReadonlySet<TaskKey> | undefined;
  /** The part of the runs in a workflow, if they belong to a stage. */
  readonly part?: WorkflowPart | undefined;
  /** The tasks that were attempted before, if a stage is resumed. None of them is launched. */
  readonly before?: AttemptedTasks | undefined;
  /** Called before every run. */
  readonly isCancelled: () => boolean;
}

/** The tasks that must not be launched again. */
export interface AttemptedTasks {
  readonly tried: ReadonlySet<TaskKey>;
  /** The attempted tasks that did not succeed. */
  readonly failed: ReadonlySet<TaskKey>;
}

/**
 * Runs every group of the plan, one at a time and in the plan's order: always the first group that has a task to run.
 * So a group runs again once the blockers of some of its tasks are completed. No task is launched twice. A group that
 * fails, or may not run, stops no other group. Everything is approved before anything starts.
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
      batch.add(key, started.value);
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
  /** Whether its last run attempted no new task: another run would not either. */
  exhausted: boolean;
}

/** The progress of `runAll`: the runs so far and the tasks that they attempted. */
class Batch {
  readonly failed: Set<TaskKey>;
  readonly #attempted: Set<TaskKey>;
  readonly #options: Pick<RunAllOptions, 'only' | 'part'>;
  readonly #groups: ReadonlyMap<GroupKey, Progress>;

  constructor(plan: Plan, options: Pick<RunAllOptions, 'only' | 'part' | 'before'>) {
    const { only, before } = options;
    this.failed = new Set(before?.failed);
    this.#attempted = new Set(before?.tried);
    this.#options = options;
    const groups = plan.groups.filter(
      ({ tasks }) => only === undefined || tasks.some((task) => only.has(task.key)),
    );
    this.#groups = new Map(
      groups.map(({ key }) => [key, { runs: [], refusal: null, exhausted: false }]),
    );
  }

  /** Returns the part of the next run in its workflow, without the repeated tasks that were already attempted. */
  part(): WorkflowPart | undefined {
    const { part } = this.#options;
    if (part === undefined) {
      return undefined;
    }
    return { ...part, again: new Set([...part.again].filter((key) => !this.#attempted.has(key))) };
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

  add(key: GroupKey, run: ActiveRun): void {
    const progress = this.#groups.get(key);
    if (progress === undefined) {
      return;
    }
    progress.runs.push(run);
    const before = this.#attempted.size;
    for (const { planned, state } of run.state.order) {
      if (state.kind === 'excluded' || state.kind === 'blocked') {
        continue;
      }
      this.#attempted.add(planned.key);
      if (state.kind !== 'completed') {
        this.failed.add(planned.key);
      }
    }
    progress.exhausted = this.#attempted.size === before;
    if (run.state.ended === null) {
      const message = run.suspended ?? t('Another window or command line goes on with it.');
      this.refuse(key, { reason: 'unfinished', message });
    }
  }

  /** Returns the group to run next; `null` if no new task can run. */
  next(current: Plan): GroupKey | null {
    const plan = withoutTasks(this.#selectedTasks(current), this.failed);
    const next = plan.groups.find((group) => {
      const progress = this.#groups.get(group.key);
      return progress?.refusal === null && !progress.exhausted && this.#hasNewTask(group, plan);
    });
    return next?.key ?? null;
  }

  outcomes(): GroupOutcome[] {
    return [...this.#groups].map(([group, { runs, refusal }]) => ({ group, runs, refusal }));
  }

  #selectedTasks(plan: Plan): Plan {
    const { only } = this.#options;
    const others = only === undefined ? [] : [...plan.tasks.keys()].filter((key) => !only.has(key));
    const again = this.part()?.again ?? new Set();
    return withoutTasks(withAgain(plan, again), new Set(others), 'not chosen');
  }

  #hasNewTask(group: Group, plan: Plan): boolean {
    const blocked = blockersOf(group, plan);
    return launchable(group).some(({ key }) => !blocked.has(key) && !this.#attempted.has(key));
  }
}
