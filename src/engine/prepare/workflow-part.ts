import { satisfies } from '../../coordinator/plan/graph/source-status.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import type { Plan, Task } from '../../coordinator/schema/task.ts';
import type { TaskKey } from '../../shared/ids.ts';

/** What makes a run part of a workflow. */
export interface WorkflowPart {
  readonly stage: NonNullable<RunSpec['stage']>;
  /** Why the workflow came back here: what the agents are told. */
  readonly findings: readonly string[];
  /** Tasks that are carried out once more, though they were proven or their source has them as done. */
  readonly again: ReadonlySet<TaskKey>;
}

/** The plan with some tasks as if they were still to be done. What waits for them waits until they are done once more. */
export function withAgain(plan: Plan, again: ReadonlySet<TaskKey>): Plan {
  if (again.size === 0) {
    return plan;
  }
  const anew = (task: Task): Task =>
    again.has(task.key) && satisfies(task.status)
      ? { ...task, status: { status: 'pending', word: 'once more', launchable: true } }
      : task;
  return {
    ...plan,
    groups: plan.groups.map((group) => ({ ...group, tasks: group.tasks.map(anew) })),
    tasks: new Map([...plan.tasks].map(([key, task]) => [key, anew(task)])),
  };
}
