import { satisfies } from '../../coordinator/plan/graph/source-status.ts';
import { sourceHash } from '../../coordinator/plan/source-hash.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import { asSourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { Blocker } from '../../shared/view-models/group-views.ts';

/**
 * Returns the events that a changed plan causes in an active run. The run's own tasks stay frozen; only its outside
 * dependencies are checked again. `edited`: whether someone other than this process edited the plan.
 */
export function planChangeEvents(run: RunState, plan: Plan, edited: boolean): RunEventBody[] {
  if (run.plan.kind === 'map') {
    return [];
  }
  const outside = run.order.flatMap((record) => outsideEvents(run, record, plan));
  if (!edited) {
    return outside;
  }
  const hash = sourceHash(plan, asSourceId(run.plan.source));
  return hash === run.plan.sourceHash
    ? outside
    : [{ type: 'plan.changed', hash, detail: t('{0} was edited.', run.plan.source) }, ...outside];
}

function outsideEvents(run: RunState, record: TaskRecord, plan: Plan): RunEventBody[] {
  if (record.outside.length === 0) {
    return [];
  }
  const now = record.outside.flatMap((blocker) => stillBlocking(run, blocker, plan));
  return JSON.stringify(now) === JSON.stringify(record.outside)
    ? []
    : [{ type: 'outside.changed', task: record.planned.key, blockedBy: now }];
}

function stillBlocking(run: RunState, blocker: Blocker, plan: Plan): Blocker[] {
  if (run.tasks.has(blocker.key)) {
    return [blocker];
  }
  const task = plan.tasks.get(blocker.key);
  if (task !== undefined && satisfies(task.status)) {
    return [];
  }
  return [{ ...blocker, status: task?.status.status.replace('_', ' ') ?? 'unknown' }];
}
