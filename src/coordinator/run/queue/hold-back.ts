import type { RunState, TaskRecord } from '../state/state.ts';

/** Whether launches are paused or the quota is used up, whatever the run's own limit. */
export function isHeldBack({ policy: { launchPaused, quota }, live }: RunState): boolean {
  return launchPaused !== null || (quota !== null && live >= quota);
}

/** Whether a ready task needs the user's approval. */
export function needsApproval(run: RunState, record: TaskRecord): boolean {
  return run.plan.approveEachTask && record.approval !== 'allowed';
}

/** Queues a ready task for approval. */
export function awaitApproval({ policy }: RunState, record: TaskRecord): void {
  if (record.approval === 'none') {
    policy.toApprove.add(record);
  } else {
    policy.asked.add(record);
  }
}

/** Removes a task from the approval queue. */
export function leaveApproval({ policy }: RunState, record: TaskRecord): void {
  policy.toApprove.remove(record);
  policy.asked.delete(record);
}
