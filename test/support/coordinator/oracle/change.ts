import type { TaskKey } from '../../../../src/shared/ids.ts';
import type { Model, ModelTask } from './model.ts';

/** A copy in which every task that is meant differs by `patch`. */
export function change(
  model: Model,
  which: (task: ModelTask) => boolean,
  patch: Partial<ModelTask>,
): Model {
  const tasks = model.tasks.map((task) => (which(task) ? { ...task, ...patch } : task));
  return { ...model, tasks };
}

export function named(key: TaskKey): (task: ModelTask) => boolean {
  return (task) => task.planned.key === key;
}
