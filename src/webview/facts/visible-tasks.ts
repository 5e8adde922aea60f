import type { TaskView } from '../../shared/view-models/group-views.ts';

/** Number of rows that the table shows at first and adds on each request. Thousands would make every update slow. */
export const ROWS_PER_STEP = 200;

/** Returns the first `limit` tasks in plan order, and all later ones that are in progress. */
export function visibleTasks(tasks: readonly TaskView[], limit: number): readonly TaskView[] {
  return tasks.length <= limit
    ? tasks
    : tasks.filter(({ status }, index) => index < limit || status === 'in_progress');
}
