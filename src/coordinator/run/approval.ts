import { t } from '../../shared/messages.ts';
import type { RunEventBody } from '../schema/events.ts';
import { rejected } from './failure/rejected.ts';
import type { RunState, TaskRecord } from './state/state.ts';
import { enter, settleDependents } from './transition/transition.ts';

type Given = Extract<RunEventBody, { type: 'approval.given' }>;

/**
 * Requests approval for the next tasks that could start, and never for more than could start at once: users do not read
 * thirty questions.
 */
export function askSomebody(run: RunState): RunEventBody | null {
  const { toApprove, asked } = run.policy;
  const next = run.live + asked.size < run.plan.maxConcurrent ? toApprove.peek() : undefined;
  return next === undefined ? null : { type: 'approval.requested', task: next.planned.key };
}

/** The user is being asked. */
export function approvalRequested(run: RunState, record: TaskRecord): void {
  if (record.state.kind === 'ready' && record.approval === 'none') {
    enter(run, record, { kind: 'ready' }, () => (record.approval = 'asked'));
  }
}

/** The user answered; an answer without a pending question is ignored. */
export function approvalGiven(run: RunState, record: TaskRecord, { allowed, by }: Given): void {
  const { kind } = record.state;
  const waits = kind === 'waiting' || kind === 'ready' || kind === 'held' || kind === 'blocked';
  if (record.approval !== 'asked' || !waits) {
    return;
  }
  if (allowed) {
    enter(run, record, record.state, () => (record.approval = 'allowed'));
    return;
  }
  const failure = rejected(
    'POLICY_VIOLATION',
    t('It was not started: {0} refused it.', by),
    t('Try it again to be asked again.'),
  );
  enter(run, record, { kind: 'failed', failure });
  settleDependents(run, record);
}
