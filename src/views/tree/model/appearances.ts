import type { GroupView, TaskAppearance } from '../../../shared/view-models/group-views.ts';

interface Appearance {
  /** A codicon id. */
  readonly icon: string;
  /** A theme colour id. */
  readonly color: string;
  /** For screen readers. */
  readonly word: string;
}

/** Icon, colour and word of each appearance of a task. */
export const APPEARANCES: Readonly<Record<TaskAppearance, Appearance>> = {
  pending: { icon: 'circle-large-outline', color: 'testing.iconUnset', word: 'pending' },
  waiting: { icon: 'circle-large-outline', color: 'testing.iconUnset', word: 'waiting' },
  queued: { icon: 'circle-large-outline', color: 'testing.iconQueued', word: 'queued' },
  blocked: { icon: 'circle-slash', color: 'testing.iconSkipped', word: 'blocked' },
  running: { icon: 'loading~spin', color: 'charts.blue', word: 'running' },
  needs_you: { icon: 'bell-dot', color: 'charts.yellow', word: 'needs you' },
  throttled: { icon: 'watch', color: 'charts.orange', word: 'throttled' },
  backing_off: { icon: 'watch', color: 'charts.orange', word: 'waiting to try again' },
  stopping: { icon: 'loading~spin', color: 'charts.orange', word: 'stopping' },
  completed: { icon: 'pass-filled', color: 'testing.iconPassed', word: 'completed' },
  proven: { icon: 'pass', color: 'charts.yellow', word: 'proven, not yet closed' },
  failed: { icon: 'error', color: 'testing.iconFailed', word: 'failed' },
  cancelled: { icon: 'stop-circle', color: 'disabledForeground', word: 'cancelled' },
};

/** The appearance of a group: that of a task with the same status. */
export function groupAppearance(group: GroupView): TaskAppearance {
  if (group.run?.state === 'stopping') {
    return 'stopping';
  }
  if (group.tasks.some(({ appearance }) => appearance === 'needs_you')) {
    return 'needs_you';
  }
  return group.status === 'in_progress' ? 'running' : group.status;
}
