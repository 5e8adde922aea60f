import type { TaskAppearance, TaskView } from '../../shared/view-models/group-views.ts';

/** What a person reads beside a task's icon. */
export const APPEARANCE_WORDS: Readonly<Record<TaskAppearance, string>> = {
  pending: 'Pending',
  waiting: 'Waiting',
  queued: 'Queued',
  blocked: 'Blocked',
  running: 'Running',
  needs_you: 'Needs you',
  throttled: 'Throttled',
  backing_off: 'Backing off',
  stopping: 'Stopping',
  completed: 'Completed',
  proven: 'Proven, not yet closed',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** `2 of 3`, `2, repair 1 of 1`; `1` where there is no second try; empty before the first. */
export function tries({ attempts, maxAttempts, takesUp }: TaskView): string {
  if (attempts === 0) {
    return '';
  }
  if (takesUp !== null) {
    return `${attempts}, ${takesUp}`;
  }
  return attempts > 1 || maxAttempts > 1 ? `${attempts} of ${maxAttempts}` : String(attempts);
}
