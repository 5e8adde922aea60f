import type { TaskKey } from '../../../../src/shared/ids.ts';
import type { Model, ModelTask } from './model.ts';

/** Returns a copy in which every selected task differs by `patch`. */
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
