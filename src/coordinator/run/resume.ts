import { t } from '../../shared/messages.ts';
import type { Evidence } from '../../shared/view-models/group-views.ts';
import type { Resume } from '../schema/events.ts';
import type { RunState, TaskRecord } from './state/state.ts';
import { isInteractive } from './transition/judgement.ts';
import { taskDueAt } from './transition/limits.ts';
import { agentOf, requeue, settleDependents } from './transition/transition.ts';

/**
 * How a task whose evidence speaks against it is given back to the session that did it; `null`: it is not, and has
 * failed. Only what ended well by its own account is judged by evidence, so its agent is there and works.
 */
export function repairOf(run: RunState, record: TaskRecord): Resume | null {
  const session = resumable(record);
  const isOver = run.cancelled || run.timedOut || run.policy.budget === 'spent';
  // Where a person works with the agent, their word is the last one.
  const isSettled = record.cancelRequested || record.stopWhy !== null || isInteractive(record);
  return session === null || isOver || isSettled || record.repairs >= run.plan.repairs
    ? null
    : { session, why: 'repair', message: lackOf(record.evidence) };
}

/** What speaks against a task, one sentence a line. */
function lackOf(evidence: readonly Evidence[]): string {
  return evidence.flatMap(({ ok, detail }) => (ok ? [] : [detail])).join('\n');
}

/** The session that the task's agent could take up; `null`: there is none, or it cannot. */
function resumable(record: TaskRecord): string | null {
  const command = agentOf(record)?.resume ?? null;
  return command === null ? null : record.session;
}

/** An attempt starts, in a session of its own or in one of before. Called while it is in no index. */
export function takeUp(record: TaskRecord, resume: Resume | undefined): void {
  if (resume?.session !== record.session) {
    record.sessionUsage = null;
  }
  record.session = resume?.session ?? null;
  record.resume = resume ?? null;
}

/** What a task's newest or next attempt is, where it takes a session up again; `repairs`: how many there may be. */
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

/** Why a person's message cannot be given to a task's agent now, as a sentence; `null`: it can. */
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

/** A person's message to a task that is over: its session is taken up again, and what builds on it waits once more. */
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
