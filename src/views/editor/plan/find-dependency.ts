import { type Found, taskFinder } from '../../../coordinator/plan/task-finder.ts';
import type { Plan, Task } from '../../../coordinator/schema/task.ts';
import { asTaskId, type TaskKey, taskKey } from '../../../shared/ids.ts';
import type { OutlinedTask } from '../../../tasks/format/outline.ts';

const finders = new WeakMap<Plan, ReturnType<typeof taskFinder>>();

/** Resolves a dependency to its task, by the same rules as the plan. */
export function findDependency(
  plan: Plan,
  { source, id }: Pick<OutlinedTask, 'source' | 'id'>,
  written: string,
): Found {
  let finder = finders.get(plan);
  if (finder === undefined) {
    finder = taskFinder(plan.tasks);
    finders.set(plan, finder);
  }
  const sibling = siblingOf(plan, plan.tasks.get(taskKey(source, asTaskId(id))), written);
  if (sibling !== null) {
    return { key: sibling, written, ambiguous: false };
  }
  return finder(taskKey(source, asTaskId(written)), { source });
}

/**
 * The sibling that a sub-task names by its last number alone, which is allowed; the task's dependencies, as the reader
 * resolved them, confirm it. `null` if there is none.
 */
function siblingOf(plan: Plan, task: Task | undefined, written: string): TaskKey | null {
  const parent = task?.id.replace(/[^.]*$/, '') ?? '';
  if (task === undefined || parent === '') {
    return null;
  }
  if (task.dependencies.includes(taskKey(task.source, asTaskId(written)))) {
    return null;
  }
  const key = taskKey(task.source, asTaskId(parent + written));
  return task.dependencies.includes(key) && plan.tasks.has(key) ? key : null;
}
