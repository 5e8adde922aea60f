import { satisfies } from '../../coordinator/plan/graph/source-status.ts';
import { sourceHash } from '../../coordinator/plan/source-hash.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import { asSourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { Blocker } from '../../shared/view-models/group-views.ts';

/**
 * What a changed plan means for a run that is under way: its own tasks stay as they were frozen; only the dependencies
 * outside of it are looked at again. `edited`: by somebody else than us.
 */
export function planChangeEvents(run: RunState, plan: Plan, edited: boolean): RunEventBody[] {
  if (run.plan.kind === 'map') {
    return [];
  }
  const outside = run.order.flatMap((record) => outsideNews(run, record, plan));
  if (!edited) {
    return outside;
  }
  const hash = sourceHash(plan, asSourceId(run.plan.source));
  return hash === run.plan.sourceHash
    ? outside
    : [{ type: 'plan.changed', hash, detail: t('{0} was edited.', run.plan.source) }, ...outside];
}

function outsideNews(run: RunState, record: TaskRecord, plan: Plan): RunEventBody[] {
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
