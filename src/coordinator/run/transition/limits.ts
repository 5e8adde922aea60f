import type { TimeoutFailure } from '../../../shared/failure.ts';
import { t } from '../../../shared/messages.ts';
import { describeDuration } from '../../../shared/words/durations.ts';
import type { RunState, TaskRecord } from '../state/state.ts';
import { isTested } from './is-tested.ts';
import { isAsked } from './judgement.ts';
import { enter, settleDependents } from './transition.ts';

/** Enforces time limits: stops overdue attempts and fails overdue tasks without one. Called after every event. */
export function keepTimeLimits(run: RunState): void {
  expireTasks(run);
  const due = runDueAt(run);
  if (due !== null && due <= run.now) {
    expireRun(run);
  }
}

/** Deadline of the whole run, ms; `null`: none, or it is being stopped already. */
export function runDueAt({ plan, startedAt, timedOut, cancelled }: RunState): number | null {
  const { runTimeoutMs } = plan.limits;
  return runTimeoutMs === null || timedOut || cancelled ? null : startedAt + runTimeoutMs;
}

/** Earliest deadline of a task, ms; `null`: none. */
export function nextTaskDueAt(run: RunState): number | null {
  const first = run.timed.peek();
  return first === undefined ? null : taskDueAt(run, first);
}

/** Deadline of a task, ms; `null`: none, or not started. */
export function taskDueAt({ plan }: RunState, { startedAt }: TaskRecord): number | null {
  const { taskTimeoutMs } = plan.limits;
  return taskTimeoutMs === null || startedAt === null ? null : startedAt + taskTimeoutMs;
}

function expireTasks(run: RunState): void {
  for (let first = run.timed.peek(); first !== undefined; first = run.timed.peek()) {
    const due = taskDueAt(run, first);
    if (due === null || due > run.now) {
      return;
    }
    if (first.state.kind === 'running') {
      run.timed.remove(first);
      stopFor(run, first);
    } else {
      enter(run, first, { kind: 'failed', failure: tookTooLong(run) });
      settleDependents(run, first);
    }
  }
}

/** Stops running attempts and fails all other unfinished tasks. */
function expireRun(run: RunState): void {
  run.timedOut = true;
  const waiting = run.order.filter((record) => {
    const { kind } = record.state;
    return kind === 'waiting' || kind === 'ready' || kind === 'held' || isAsked(record);
  });
  for (const record of waiting) {
    enter(run, record, { kind: 'failed', failure: tookTooLong(run) });
  }
  for (const record of waiting) {
    settleDependents(run, record);
  }
  for (const record of run.order) {
    const { state } = record;
    if ((state.kind === 'running' && state.stage !== 'stopping') || isTested(record)) {
      stopFor(run, record);
    }
  }
}

function stopFor(run: RunState, record: TaskRecord): void {
  if (!record.cancelRequested) {
    record.stopWhy ??= 'limit';
  }
  run.toCancel.add(record);
}

/** Failure of a task whose own or whose run's time limit passed. */
export function tookTooLong({ plan: { limits }, timedOut }: RunState): TimeoutFailure {
  const limitMs = (timedOut ? limits.runTimeoutMs : limits.taskTimeoutMs) ?? 0;
  const time = describeDuration(limitMs);
  return timedOut
    ? {
        reason: 'timeout',
        limitMs,
        message: t('The run took longer than {0}, all that it may take.', time),
        remedy: t('Raise runTimeoutSeconds in parallel-groups.json, then run what is left.'),
      }
    : {
        reason: 'timeout',
        limitMs,
        message: t('It took longer than {0}, all attempts and waits together.', time),
        remedy: t('Raise taskTimeoutSeconds in parallel-groups.json, or make the task smaller.'),
      };
}
