import type { TaskKey } from '../../shared/ids.ts';
import { sendRequest } from '../../store/requests/requests.ts';
import type { RunContext } from '../contract/run-environment.ts';
import type { GroupRunHandle } from '../groups/group-run-handle.ts';

/** Asks whoever coordinates a group's run to stop one task of it. Whether they do shows in the journal. */
export async function askToCancel(
  slot: GroupRunHandle,
  task: TaskKey,
  { label, clock }: Pick<RunContext, 'label' | 'clock'>,
): Promise<void> {
  const run = slot.current()?.state.plan.run;
  if (run !== undefined) {
    const request = { v: 1, kind: 'cancel', run, task, by: label, at: clock.now() } as const;
    await sendRequest(slot.directory, request);
  }
}
