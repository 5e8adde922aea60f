import { fixTitles } from '../../coordinator/projections/fix-tasks.ts';
import { takesUp } from '../../coordinator/run/resume.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { agentOf } from '../../coordinator/run/transition/transition.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import { duration } from '../../runner/terminal/words.ts';
import { t } from '../../shared/messages.ts';
import { PHASE_TITLES } from '../../shared/status.ts';
import { unreachable } from '../../shared/unreachable.ts';
import { plural } from '../../shared/words/durations.ts';

/** The first line of a run that this process starts or resumes. `verb`: what the line says it does. */
export function startLine({ plan, order }: RunState, verb: string): string {
  const tasks = order.filter(({ state }) => state.kind !== 'excluded').length;
  const count = plural(tasks, 'task');
  return verb === 'starts'
    ? t('run {0} starts: {1}, {2} at a time', plan.run, count, plan.maxConcurrent)
    : t('run {0} goes on: {1}, {2} at a time', plan.run, count, plan.maxConcurrent);
}

/** The events before progress could subscribe: a launch pause, and tasks that start with the run. */
export function startedLines({ order, policy }: RunState, verb: string): string[] {
  const started = verb === 'starts' ? order.filter(({ state }) => state.kind === 'running') : [];
  return [
    ...(policy.launchPaused === null ? [] : [launchPauseLine(policy.launchPaused)]),
    ...started.map((record) =>
      t('{0} starts ({1})', record.planned.id, agentOf(record)?.agent ?? ''),
    ),
  ];
}

function launchPauseLine(reason: string): string {
  return t('waits: {0}', reason);
}

/** The line of an event, after the state includes it; `null` = no line. */
export function eventLine(event: RunEventBody, run: RunState): string | null {
  switch (event.type) {
    case 'phase.entered':
      return PHASE_TITLES[event.phase]();
    case 'attempt.requested':
      return withTask(run, event.task, (record) => {
        const nth = event.attempt > 1 ? t('attempt {0}', event.attempt) : null;
        const again = takesUp(record, run.plan.repairs) ?? nth;
        const details = [agentOf(record)?.agent ?? '', ...(again === null ? [] : [again])];
        return t('starts ({0})', details.join(', '));
      });
    case 'attempt.progress':
      return withTask(run, event.task, (record) => {
        if (event.needsYou !== null) {
          return t('asks: {0}', event.needsYou);
        }
        if (event.throttledUntil !== null) {
          return t('is throttled by its provider');
        }
        // The log has the output of a plain command.
        return agentOf(record)?.adapter === 'none' ? null : event.step;
      });
    case 'attempt.ended':
    case 'evidence.checked':
    case 'attempt.revoked':
      return withTask(run, event.task, resultLine);
    case 'check.requested':
      if (event.job === 'refresh') {
        return null;
      }
      return event.job === 'tests' ? t('tests after') : t('tests before');
    case 'check.ended':
      return event.tests?.message ?? null;
    case 'close.ended': {
      const { problem } = event;
      return problem === null
        ? null
        : withTask(run, event.task, () => t('proven, not yet closed: {0}', problem));
    }
    case 'cancel.requested': {
      const words = t('is being stopped, asked by {0}', event.by);
      return event.task === null ? words : withTask(run, event.task, () => words);
    }
    case 'nudge.requested':
      return withTask(run, event.task, () => t('is told by {0}: {1}', event.by, event.message));
    case 'plan.changed':
      return event.detail;
    case 'policy.reported':
      return event.severity === 'warning'
        ? t('warning: {0}', event.message)
        : `${event.code}: ${event.message}`;
    case 'launch_pause.changed':
      return event.reason === null ? null : launchPauseLine(event.reason);
    case 'approval.requested':
      return withTask(run, event.task, () => t('waits for your approval'));
    case 'approval.given':
      return withTask(run, event.task, () =>
        event.allowed ? t('was allowed by {0}', event.by) : t('was refused by {0}', event.by),
      );
    case 'judgement.requested':
      return withTask(run, event.task, () => t('waits for you to say whether it is proven'));
    case 'judgement.decided':
      return withTask(run, event.task, () =>
        event.proven ? t('proven, says {0}', event.by) : t('not proven, says {0}', event.by),
      );
    case 'warning':
      return t('warning: {0}', event.message);
    case 'run.ended':
      return t('{0}, exit code {1}', event.status.replace('_', ' '), event.exitCode);
    case 'run.started':
    case 'run.resumed':
    case 'check.claimed':
    case 'check.cancel.requested':
    case 'check.revoked':
    case 'attempt.claimed':
    case 'attempt.cancel.requested':
    case 'evidence.requested':
    case 'close.requested':
    case 'outside.changed':
    case 'result.received':
    case 'provider.throttled_elsewhere':
    case 'breaker.synced':
    case 'quota.changed':
    case 'wake':
      return null;
    default:
      return unreachable(event);
  }
}

/** The blocked tasks of an ended run, and the command for its proposed tasks. */
export function endLines(run: RunState): string[] {
  const count = fixTitles(run).length;
  const proposed =
    count === 0
      ? []
      : [t('{0} to mend it: propose --group-id {1}', plural(count, 'task'), run.plan.groupId)];
  return [...blockedLines(run), ...proposed];
}

function blockedLines(run: RunState): string[] {
  return run.order.flatMap(({ planned, state }) =>
    state.kind === 'blocked'
      ? [
          t(
            '{0} blocked by {1}',
            planned.id,
            state.by.map(({ id, status }) => `${id} (${status})`).join(', '),
          ),
        ]
      : [],
  );
}

function withTask(
  run: RunState,
  key: TaskRecord['planned']['key'],
  describe: (record: TaskRecord) => string | null,
): string | null {
  const record = run.tasks.get(key);
  const text = record === undefined ? null : describe(record);
  return record === undefined || text === null ? null : `${record.planned.id} ${text}`;
}

/** The state of a task after one of its attempts or its verification ended. */
function resultLine(record: TaskRecord): string | null {
  const { state, startedAt, endedAt } = record;
  switch (state.kind) {
    case 'completed': {
      const took = startedAt === null || endedAt === null ? '' : duration(endedAt - startedAt);
      return t('completed in {0}', took);
    }
    case 'failed':
      return t('failed: {0}', state.failure.message);
    case 'cancelled':
      return t('stopped');
    case 'held':
    case 'ready':
      return record.resume?.why === 'repair'
        ? t('will be repaired: {0}', record.resume.message)
        : t(
            'will be tried again: {0}',
            record.outcome?.failure?.message ?? t('it had not started'),
          );
    case 'blocked':
    case 'verifying':
    case 'excluded':
    case 'running':
    case 'waiting':
      return null;
    default:
      return unreachable(state);
  }
}
