import { t } from './messages.ts';
/** Status of a task and of a group; everything finer is a detail of one of these. */
export type TaskStatus =
  | 'pending'
  | 'blocked'
  | 'in_progress'
  | 'completed'
  | 'failed'
  | 'cancelled';

export const TASK_STATUSES = [
  'pending',
  'blocked',
  'in_progress',
  'completed',
  'failed',
  'cancelled',
] as const satisfies readonly TaskStatus[];

/** The four phases of a run, in order. */
export const PHASES = [
  'pre_execution',
  'concurrent_execution',
  'coordination',
  'post_execution',
] as const;
export type Phase = (typeof PHASES)[number];

/** Display name of each phase. */
export const PHASE_TITLES: Readonly<Record<Phase, () => string>> = {
  pre_execution: () => t('Pre-execution analysis'),
  concurrent_execution: () => t('Concurrent execution'),
  coordination: () => t('Coordination & monitoring'),
  post_execution: () => t('Post-execution validation'),
};
