import type { RunState, TaskRecord } from '../../../coordinator/run/state/state.ts';
import type { RunSpec } from '../../../coordinator/schema/run-spec.ts';
import type { RunOptions } from '../choose-run.ts';
import type { MapRequest } from './freeze-map.ts';

/** Returns the request of a map from its run; `null` for a group's run. */
export function requestOf({ map, tasks }: RunSpec): MapRequest | null {
  return map === undefined ? null : { ...map, units: tasks.map(({ id }) => id) };
}

/** Excludes units of a repeated map: those that are not chosen and, in a retry, those that are done. */
export function withoutUnits(plan: RunSpec, previous: RunState, options: RunOptions): RunSpec {
  const { retry = false, only, except } = options;
  const reason = (task: RunSpec['tasks'][number]): string | null => {
    if (only?.has(task.key) === false || except?.has(task.key) === true) {
      return 'not chosen';
    }
    return retry && isDone(previous.tasks.get(task.key)) ? 'done' : null;
  };
  return { ...plan, tasks: plan.tasks.map((task) => ({ ...task, excluded: reason(task) })) };
}

function isDone(record: TaskRecord | undefined): boolean {
  return record?.state.kind === 'completed' || record?.planned.excluded === 'done';
}
