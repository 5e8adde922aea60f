import type { Plan, Task } from '../../coordinator/schema/task.ts';
import type { TaskKey } from '../../shared/ids.ts';

/**
 * Returns the plan with some tasks not launchable: they block the tasks that depend on them, which report it. Whether
 * they are done remains as in their source. `word`: why they are not launched.
 */
export function withoutTasks(plan: Plan, except: ReadonlySet<TaskKey>, word = 'left alone'): Plan {
  if (except.size === 0) {
    return plan;
  }
  const withoutLaunch = (task: Task): Task =>
    except.has(task.key) && task.status.launchable
      ? { ...task, status: { ...task.status, launchable: false, word } }
      : task;
  return {
    ...plan,
    groups: plan.groups.map((group) => ({ ...group, tasks: group.tasks.map(withoutLaunch) })),
    tasks: new Map([...plan.tasks].map(([key, task]) => [key, withoutLaunch(task)])),
  };
}
