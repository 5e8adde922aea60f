import type { TaskAppearance } from '../../shared/views.ts';

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
