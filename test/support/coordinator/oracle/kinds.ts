import type { TaskState } from '../../../../src/coordinator/run/state/state.ts';
import type { Blocker } from '../../../../src/shared/view-models/group-views.ts';
import { graphOf } from './graph.ts';
import type { Model, ModelTask } from './model.ts';

/** Returns the dependencies of a task within the run. */
export function dependenciesOf(model: Model, { index }: ModelTask): ModelTask[] {
  const places = graphOf(model.plan).dependencies[index] ?? [];
  return model.tasks.filter((task) => places.includes(task.index));
}

/**
 * Returns the blockers of each blocked task: starts with the tasks that are blocked directly and adds dependents until
 * nothing changes.
 */
export function blockedBy(model: Model): Map<ModelTask, Blocker[]> {
  const blocked = new Map<ModelTask, Blocker[]>();
  for (let size = -1; size < blocked.size;) {
    size = blocked.size;
    for (const task of model.tasks) {
      const idle = task.progress.kind === 'idle' || task.progress.kind === 'held';
      const by = idle ? blockersOf(model, task, blocked) : [];
      if (by.length > 0) {
        blocked.set(task, by);
      }
    }
  }
  return blocked;
}

function blockersOf(
  model: Model,
  task: ModelTask,
  blocked: ReadonlyMap<ModelTask, Blocker[]>,
): Blocker[] {
  const { startable } = graphOf(model.plan);
  const inside = dependenciesOf(model, task).flatMap((dependency) => {
    const { kind } = dependency.progress;
    const dead = kind === 'failed' || kind === 'cancelled' ? kind : null;
    const stuck = startable.has(dependency.index) ? null : 'in a dependency cycle';
    const status = stuck ?? dead ?? (blocked.has(dependency) ? 'blocked' : null);
    const { key, id } = dependency.planned;
    return status === null ? [] : [{ key, id, status }];
  });
  return [...task.outside, ...inside];
}

const known = new WeakMap<Model, Map<ModelTask, TaskState['kind']>>();

/** Returns the states that all tasks should be in. */
export function kindsOf(model: Model): Map<ModelTask, TaskState['kind']> {
  const kinds = known.get(model) ?? findKinds(model);
  known.set(model, kinds);
  return kinds;
}

function findKinds(model: Model): Map<ModelTask, TaskState['kind']> {
  const blocked = blockedBy(model);
  return new Map(
    model.tasks.map((task) => {
      const { kind } = task.progress;
      if (blocked.has(task)) {
        return [task, 'blocked'];
      }
      if (kind !== 'idle') {
        return [task, kind];
      }
      const waits = dependenciesOf(model, task).some(
        ({ progress }) => progress.kind !== 'completed',
      );
      return [task, waits ? 'waiting' : 'ready'];
    }),
  );
}

/** Returns the state that a task should be in. */
export function kindOf(model: Model, task: ModelTask): TaskState['kind'] {
  return kindsOf(model).get(task) ?? 'excluded';
}
