import type { RunView, TaskAppearance } from '../../../shared/view-models/group-views.ts';

/** The marks that the margin shows next to a task; each has icons in media/marks for light and dark themes. */
export const MARKS = ['running', 'waiting', 'needs-you', 'passed', 'failed', 'blocked'] as const;
export type Mark = (typeof MARKS)[number];

/** The theme colour of each mark in the overview ruler. */
export const MARK_COLORS: Readonly<Record<Mark, string>> = {
  running: 'charts.blue',
  waiting: 'charts.orange',
  'needs-you': 'charts.yellow',
  passed: 'testing.iconPassed',
  failed: 'testing.iconFailed',
  blocked: 'testing.iconSkipped',
};

/**
 * The mark of a task; `null` if it has none. Marks show only the newest run of the task's group: the text itself shows
 * what was completed before, and a plan that has never run has an empty margin.
 */
export function markOf(
  task: { readonly appearance: TaskAppearance; readonly attempts: number },
  run: Pick<RunView, 'state'> | null,
): Mark | null {
  if (run === null) {
    return null;
  }
  switch (task.appearance) {
    case 'running':
    case 'stopping':
      return 'running';
    case 'throttled':
    case 'backing_off':
      return 'waiting';
    case 'needs_you':
      return 'needs-you';
    case 'completed':
    case 'proven':
      return task.attempts > 0 ? 'passed' : null;
    case 'failed':
      return 'failed';
    case 'blocked':
      return 'blocked';
    case 'pending':
    case 'waiting':
    case 'queued':
    case 'cancelled':
      return null;
  }
}
