import type { TaskKey } from '../../shared/ids.ts';
import { sendRequest } from '../../store/requests/requests.ts';
import type { RunContext } from '../contract/run-environment.ts';
import type { GroupRunHandle } from '../groups/group-run-handle.ts';

/** Asks the coordinator of a group's run to stop one task. The journal shows whether it does. */
export async function askToCancel(
  handle: GroupRunHandle,
  task: TaskKey,
  { label, clock }: Pick<RunContext, 'label' | 'clock'>,
): Promise<void> {
  const run = handle.current()?.state.plan.run;
  if (run !== undefined) {
    const request = { v: 1, kind: 'cancel', run, task, by: label, at: clock.now() } as const;
    await sendRequest(handle.directory, request);
  }
}
