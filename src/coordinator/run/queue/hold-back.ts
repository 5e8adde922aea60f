import type { RunState, TaskRecord } from '../state/state.ts';

/** Whether nothing may be launched just now, however many slots the run itself has free. */
export function isHeldBack({ policy: { launchPaused, quota }, live }: RunState): boolean {
  return launchPaused !== null || (quota !== null && live >= quota);
}

/** Whether a ready task has to wait for a person's word. */
export function needsApproval(run: RunState, record: TaskRecord): boolean {
  return run.plan.approveEachTask && record.approval !== 'allowed';
}

/** A ready task waits for a person's word instead of a slot. */
export function awaitApproval({ policy }: RunState, record: TaskRecord): void {
  if (record.approval === 'none') {
    policy.toApprove.add(record);
  } else {
    policy.asked.add(record);
  }
}

/** A ready task does not wait for that word any more. */
export function leaveApproval({ policy }: RunState, record: TaskRecord): void {
  policy.toApprove.remove(record);
  policy.asked.delete(record);
}
