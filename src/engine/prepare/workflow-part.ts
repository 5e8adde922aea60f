import { satisfies } from '../../coordinator/plan/graph/source-status.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import type { Plan, Task } from '../../coordinator/schema/task.ts';
import type { TaskKey } from '../../shared/ids.ts';

/** A run's part in a workflow. */
export interface WorkflowPart {
  readonly stage: NonNullable<RunSpec['stage']>;
  /** Why the workflow returned to this stage, for the agents. */
  readonly findings: readonly string[];
  /** Tasks to carry out once more, although they were proven or their source marks them done. */
  readonly again: ReadonlySet<TaskKey>;
}

/** Returns the plan with some tasks pending again. Tasks that depend on them wait until they are done once more. */
export function withAgain(plan: Plan, again: ReadonlySet<TaskKey>): Plan {
  if (again.size === 0) {
    return plan;
  }
  const reopened = (task: Task): Task =>
    again.has(task.key) && satisfies(task.status)
      ? { ...task, status: { status: 'pending', word: 'once more', launchable: true } }
      : task;
  return {
    ...plan,
    groups: plan.groups.map((group) => ({ ...group, tasks: group.tasks.map(reopened) })),
    tasks: new Map([...plan.tasks].map(([key, task]) => [key, reopened(task)])),
  };
}
