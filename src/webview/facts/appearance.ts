import { t } from '../../shared/messages.ts';
import type { TaskAppearance, TaskView } from '../../shared/view-models/group-views.ts';

/** The label beside a task's icon. */
export const APPEARANCE_WORDS: Readonly<Record<TaskAppearance, () => string>> = {
  pending: () => t('Pending'),
  waiting: () => t('Waiting'),
  queued: () => t('Queued'),
  blocked: () => t('Blocked'),
  running: () => t('Running'),
  needs_you: () => t('Needs you'),
  throttled: () => t('Throttled'),
  backing_off: () => t('Backing off'),
  stopping: () => t('Stopping'),
  completed: () => t('Completed'),
  proven: () => t('Proven, not yet closed'),
  failed: () => t('Failed'),
  cancelled: () => t('Cancelled'),
};

/** Formats a task's attempts: `2 of 3`, `2, repair 1 of 1`, `1` if only one is possible; empty before the first. */
export function tries({ attempts, maxAttempts, takesUp }: TaskView): string {
  if (attempts === 0) {
    return '';
  }
  if (takesUp !== null) {
    return `${attempts}, ${takesUp}`;
  }
  return attempts > 1 || maxAttempts > 1 ? `${attempts} of ${maxAttempts}` : String(attempts);
}
