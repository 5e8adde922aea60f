import { t } from '../../shared/messages.ts';
import type { GroupView, RunView, TaskAppearance } from '../../shared/view-models/group-views.ts';
import { describeAgo, describeDuration } from '../../shared/words/durations.ts';

/** A group's state in one or two words, its icon, and the relevant time. */
export interface GroupState {
  readonly word: string;
  readonly icon: TaskAppearance;
  /** `1 min 12 s`, `3 min ago, took 42 s`; empty if the group has never run. */
  readonly time: string;
  /** The point in time that `time` describes, ms since the epoch; `null` if the group has never run. */
  readonly at: number | null;
}

/** Describes a group's state at `now` (ms since the epoch). */
export function describeGroupState(group: GroupView, now: number): GroupState {
  const { run } = group;
  if (run === null) {
    return { ...restingState(group), time: '', at: null };
  }
  if (run.endedAt !== null) {
    const took = describeDuration(run.endedAt - run.startedAt);
    const time = `${describeAgo(now - run.endedAt)}, took ${took}`;
    return { ...restingState(group), time, at: run.endedAt };
  }
  const time = describeDuration(now - run.startedAt);
  return { ...liveState(run), time, at: run.startedAt };
}

function liveState(run: RunView): Pick<GroupState, 'word' | 'icon'> {
  if (run.state === 'suspended') {
    return { word: t('Suspended'), icon: 'needs_you' };
  }
  if (run.holder === 'nobody') {
    return { word: t('Interrupted'), icon: 'needs_you' };
  }
  if (run.state === 'stopping') {
    return { word: t('Stopping'), icon: 'stopping' };
  }
  const where = run.holderName === null ? 'elsewhere' : `in ${run.holderName}`;
  return { word: run.holder === 'other' ? t('Running {0}', where) : t('Running'), icon: 'running' };
}

function restingState({ status, run, tasks }: GroupView): Pick<GroupState, 'word' | 'icon'> {
  switch (status) {
    case 'completed':
      return { word: t('Completed'), icon: 'completed' };
    case 'failed': {
      const onlyTests = run?.tests?.status === 'failed' && tasks.every(isFine);
      return { word: onlyTests ? t('Tests failed') : t('Failed'), icon: 'failed' };
    }
    case 'blocked':
      return { word: t('Blocked'), icon: 'blocked' };
    case 'cancelled':
      return { word: t('Cancelled'), icon: 'cancelled' };
    case 'in_progress':
      return { word: t('Running'), icon: 'running' };
    case 'pending':
      return { word: run === null ? t('Not run yet') : t('Partly done'), icon: 'pending' };
  }
}

function isFine({ status }: GroupView['tasks'][number]): boolean {
  return status !== 'failed';
}

/** Whether the group has an unfinished run, so that its displayed times advance. */
export function isLive(group: GroupView): boolean {
  return group.run !== null && group.run.endedAt === null;
}

/** Whether the group has an unfinished run that the user can resume. */
export function canResume(group: GroupView): boolean {
  const { run } = group;
  return run?.endedAt === null && (run.holder === 'nobody' || run.state === 'suspended');
}

/** Explains what the user must know before the buttons are useful; `null` if there is nothing to explain. */
export function explainState(group: GroupView, trusted: boolean): string | null {
  if (!trusted) {
    return RESTRICTED();
  }
  const { run } = group;
  if (run?.endedAt !== null) {
    return null;
  }
  if (run.state === 'suspended') {
    return t(
      'Nothing more is launched, because the run cannot be written down; the reason is among the problems. Resume goes on where it stopped.',
    );
  }
  return run.holder === 'nobody'
    ? t(
        'The window or command that coordinated this run is gone. Resume takes it over: what has ended stays as it is, and nothing runs twice.',
      )
    : null;
}

/** Explains why nothing runs in an untrusted folder. */
export const RESTRICTED = (): string =>
  t('This folder is in Restricted Mode: plans are shown, nothing runs.');
