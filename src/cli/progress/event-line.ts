import { fixTitles } from '../../coordinator/projections/fix-tasks.ts';
import { takesUp } from '../../coordinator/run/resume.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { agentOf } from '../../coordinator/run/transition/transition.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import { duration } from '../../runner/terminal/words.ts';
import { PHASE_TITLES } from '../../shared/status.ts';
import { unreachable } from '../../shared/unreachable.ts';
import { plural } from '../../shared/words/durations.ts';

/** How a run begins, or goes on under us. */
export function startLine({ plan, order }: RunState, verb: string): string {
  const tasks = order.filter(({ state }) => state.kind !== 'excluded').length;
  return `run ${plan.run} ${verb}: ${plural(tasks, 'task')}, ${plan.maxConcurrent} at a time`;
}

/** What had happened before anybody could be told: a run that is held back, tasks that begin with the run. */
export function startedLines({ order, policy }: RunState, verb: string): string[] {
  const begun = verb === 'starts' ? order.filter(({ state }) => state.kind === 'running') : [];
  return [
    ...(policy.launchPaused === null ? [] : [launchPauseLine(policy.launchPaused)]),
    ...begun.map((record) => `${record.planned.id} starts (${agentOf(record)?.agent ?? ''})`),
  ];
}

function launchPauseLine(reason: string): string {
  return `waits: ${reason}`;
}

/** What is said of an event once it is part of the state; `null` = nothing. */
export function eventLine(event: RunEventBody, run: RunState): string | null {
  switch (event.type) {
    case 'phase.entered':
      return PHASE_TITLES[event.phase]();
    case 'attempt.requested':
      return withTask(run, event.task, (record) => {
        const nth = event.attempt > 1 ? `attempt ${event.attempt}` : null;
        const again = takesUp(record, run.plan.repairs) ?? nth;
        return `starts (${[agentOf(record)?.agent ?? '', ...(again === null ? [] : [again])].join(', ')})`;
      });
    case 'attempt.progress':
      return withTask(run, event.task, (record) => {
        if (event.needsYou !== null) {
          return `asks: ${event.needsYou}`;
        }
        if (event.throttledUntil !== null) {
          return 'is throttled by its provider';
        }
        // What a plain command prints is in its log.
        return agentOf(record)?.adapter === 'none' ? null : event.step;
      });
    case 'attempt.ended':
    case 'evidence.checked':
    case 'attempt.revoked':
      return withTask(run, event.task, resultLine);
    case 'check.requested':
      return event.job === 'refresh' ? null : `tests ${event.job === 'tests' ? 'after' : 'before'}`;
    case 'check.ended':
      return event.tests?.message ?? null;
    case 'close.ended': {
      const { problem } = event;
      return problem === null
        ? null
        : withTask(run, event.task, () => `proven, not yet closed: ${problem}`);
    }
    case 'cancel.requested': {
      const words = `is being stopped, asked by ${event.by}`;
      return event.task === null ? words : withTask(run, event.task, () => words);
    }
    case 'nudge.requested':
      return withTask(run, event.task, () => `is told by ${event.by}: ${event.message}`);
    case 'plan.changed':
      return event.detail;
    case 'policy.reported':
      return `${event.severity === 'warning' ? 'warning' : event.code}: ${event.message}`;
    case 'launch_pause.changed':
      return event.reason === null ? null : launchPauseLine(event.reason);
    case 'approval.requested':
      return withTask(run, event.task, () => 'waits for your approval');
    case 'approval.given':
      return withTask(
        run,
        event.task,
        () => `was ${event.allowed ? 'allowed' : 'refused'} by ${event.by}`,
      );
    case 'judgement.requested':
      return withTask(run, event.task, () => 'waits for you to say whether it is proven');
    case 'judgement.decided': {
      const word = event.proven ? 'proven' : 'not proven';
      return withTask(run, event.task, () => `${word}, says ${event.by}`);
    }
    case 'warning':
      return `warning: ${event.message}`;
    case 'run.ended':
      return `${event.status.replace('_', ' ')}, exit code ${event.exitCode}`;
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

/** Which tasks a run that is over left blocked, and what it proposes. */
export function endLines(run: RunState): string[] {
  const count = fixTitles(run).length;
  const proposed =
    count === 0
      ? []
      : [`${plural(count, 'task')} to mend it: propose --group-id ${run.plan.groupId}`];
  return [...blockedLines(run), ...proposed];
}

function blockedLines(run: RunState): string[] {
  return run.order.flatMap(({ planned, state }) =>
    state.kind === 'blocked'
      ? [
          `${planned.id} blocked by ${state.by.map(({ id, status }) => `${id} (${status})`).join(', ')}`,
        ]
      : [],
  );
}

function withTask(
  run: RunState,
  key: TaskRecord['planned']['key'],
  say: (record: TaskRecord) => string | null,
): string | null {
  const record = run.tasks.get(key);
  const text = record === undefined ? null : say(record);
  return record === undefined || text === null ? null : `${record.planned.id} ${text}`;
}

/** Where a task stands after something of it ended. */
function resultLine(record: TaskRecord): string | null {
  const { state, startedAt, endedAt } = record;
  switch (state.kind) {
    case 'completed': {
      const took = startedAt === null || endedAt === null ? '' : duration(endedAt - startedAt);
      return `completed in ${took}`;
    }
    case 'failed':
      return `failed: ${state.failure.message}`;
    case 'cancelled':
      return 'stopped';
    case 'held':
    case 'ready':
      return record.resume?.why === 'repair'
        ? `will be repaired: ${record.resume.message}`
        : `will be tried again: ${record.outcome?.failure?.message ?? 'it had not started'}`;
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
