import { t } from '../../shared/messages.ts';
import type { Evidence } from '../../shared/view-models/group-views.ts';
import type { Resume } from '../schema/events.ts';
import type { RunState, TaskRecord } from './state/state.ts';
import { isInteractive } from './transition/judgement.ts';
import { taskDueAt } from './transition/limits.ts';
import { agentOf, requeue, settleDependents } from './transition/transition.ts';

/**
 * Resumes the session of a task whose evidence is insufficient, to repair it; `null`: not possible, the task has
 * failed. Only attempts that succeeded by their own account are verified, so the agent is available and works.
 */
export function repairOf(run: RunState, record: TaskRecord): Resume | null {
  const session = resumable(record);
  const isOver = run.cancelled || run.timedOut || run.policy.budget === 'spent';
  // For interactive tasks the user's decision is final.
  const isSettled = record.cancelRequested || record.stopWhy !== null || isInteractive(record);
  return session === null || isOver || isSettled || record.repairs >= run.plan.repairs
    ? null
    : { session, why: 'repair', message: lackOf(record.evidence) };
}

/** The evidence against a task, one sentence per line. */
function lackOf(evidence: readonly Evidence[]): string {
  return evidence.flatMap(({ ok, detail }) => (ok ? [] : [detail])).join('\n');
}

/** The session that the task's agent can resume; `null`: none, or not supported. */
function resumable(record: TaskRecord): string | null {
  const command = agentOf(record)?.resume ?? null;
  return command === null ? null : record.session;
}

/** Starts an attempt in a new or a resumed session. Call it while the task is in no index. */
export function resumeSession(record: TaskRecord, resume: Resume | undefined): void {
  if (resume?.session !== record.session) {
    record.sessionUsage = null;
  }
  record.session = resume?.session ?? null;
  record.resume = resume ?? null;
}

/** Label of a task's newest or next attempt if it resumes a session; `repairs`: maximum number of repairs. */
export function takesUp({ resume, repairs: nth }: TaskRecord, repairs: number): string | null {
  switch (resume?.why) {
    case undefined:
      return null;
    case 'repair':
      return `repair ${nth} of ${repairs}`;
    case 'nudge':
      return 'follow-up';
  }
}

/** Why the user's message cannot be delivered to a task's agent now, as a sentence; `null`: it can. */
export function nudgeRefusal(run: RunState, record: TaskRecord): string | null {
  const { planned, state } = record;
  if (state.kind !== 'completed' && state.kind !== 'failed' && state.kind !== 'cancelled') {
    return t('{0} is not over: a message can follow once its attempt has ended.', planned.id);
  }
  if (run.ended !== null || run.cancelled || run.timedOut) {
    return t('The run is over, or is being stopped: run the task again.');
  }
  if (run.phase !== 'concurrent_execution' && run.phase !== 'coordination') {
    return t(
      'The run does not work on tasks just now: it prepares them, or validates what was done.',
    );
  }
  if (resumable(record) === null) {
    const agent = agentOf(record)?.agent ?? t('Its agent');
    return record.session === null
      ? t('{0} has no session that could be taken up: run it again.', planned.id)
      : t('{0} cannot take a session up again: run the task again.', agent);
  }
  if (run.policy.budget === 'spent') {
    return t("The run's budget is spent: nothing more is launched.");
  }
  const due = taskDueAt(run, record);
  return due !== null && due <= run.now
    ? t('{0} has used all the time that a task may take: run it again.', planned.id)
    : null;
}

/** Delivers the user's message to a finished task: its session is resumed, and its dependents wait again. */
export function nudged(run: RunState, record: TaskRecord, message: string): void {
  const { session, state } = record;
  if (session === null || nudgeRefusal(run, record) !== null) {
    return;
  }
  if (state.kind === 'completed') {
    for (const dependent of record.dependents) {
      dependent.unmet += 1;
    }
  }
  requeue(run, record, { kind: 'ready' }, () => {
    record.resume = { session, why: 'nudge', message };
    record.cancelRequested = false;
    record.stopWhy = null;
  });
  settleDependents(run, record);
}
