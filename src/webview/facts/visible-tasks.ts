import type { TaskView } from '../../shared/view-models/group-views.ts';

/** How many rows a table has at first, and how many more each request adds: thousands would make every update slow. */
export const ROWS_PER_STEP = 200;

/** The rows of a table that is cut to `limit`, in plan order: the first ones, and all that is in progress further down. */
export function visibleTasks(tasks: readonly TaskView[], limit: number): readonly TaskView[] {
  return tasks.length <= limit
    ? tasks
    : tasks.filter(({ status }, place) => place < limit || status === 'in_progress');
}
