import type { Plan, Task } from '../../coordinator/schema/task.ts';
import type { TaskKey } from '../../shared/ids.ts';

/**
 * The plan with some tasks as nothing would launch them: what depends on them is blocked by them, and says so. Whether
 * they are done stays as their source says. `word`: why they are not launched.
 */
export function withoutTasks(plan: Plan, except: ReadonlySet<TaskKey>, word = 'left alone'): Plan {
  if (except.size === 0) {
    return plan;
  }
  const left = (task: Task): Task =>
    except.has(task.key) && task.status.launchable
      ? { ...task, status: { ...task.status, launchable: false, word } }
      : task;
  return {
    ...plan,
    groups: plan.groups.map((group) => ({ ...group, tasks: group.tasks.map(left) })),
    tasks: new Map([...plan.tasks].map(([key, task]) => [key, left(task)])),
  };
}
