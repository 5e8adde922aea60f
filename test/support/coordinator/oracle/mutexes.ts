import type { RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import type { TaskKey } from '../../../../src/shared/ids.ts';
import type { Model, ModelTask } from './model.ts';

/** Returns whether two tasks must not run at the same time. */
export function mustNotOverlap({ mutexes }: RunSpec, a: TaskKey, b: TaskKey): boolean {
  return (
    a !== b &&
    mutexes.some(
      ({ tasks, inside }) =>
        tasks.includes(a) && tasks.includes(b) && !(inside.includes(a) && inside.includes(b)),
    )
  );
}

/** Returns whether no task in a mutex with this one is running or verifying. */
export function isFree(model: Model, { planned }: ModelTask): boolean {
  return model.tasks.every(
    (other) =>
      (other.progress.kind !== 'running' && other.progress.kind !== 'verifying') ||
      !mustNotOverlap(model.plan, planned.key, other.planned.key),
  );
}
