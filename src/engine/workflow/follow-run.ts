import type { RunState } from '../../coordinator/run/state/state.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { ActiveRun } from '../run/active-run.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** How often to check that the holder of a run is alive, ms: a killed holder sends no notice. */
const LIVENESS_MS = 1000;

interface FollowContext {
  readonly onRun: (run: ActiveRun, verb: string) => void;
  readonly isCancelled: () => boolean;
}

/**
 * Follows the newest run of a group to its end, whether this process or another one coordinates it. Resumes it if it
 * has no coordinator. The failure is a sentence.
 */
export async function followRun(
  workspace: Workspace,
  group: GroupKey,
  { onRun, isCancelled }: FollowContext,
): Promise<Result<RunState, string>> {
  for (;;) {
    const current = workspace.runs.newestOf(group);
    if (current === null) {
      return failure(t('The run of the workflow cannot be found any more.'));
    }
    if (current.state.ended !== null) {
      return success(current.state);
    }
    const run =
      workspace.runs.active(group) ?? (await resumeIfFree(workspace, group, current.holder.holder));
    if (typeof run === 'string') {
      return failure(run);
    }
    if (run !== null) {
      onRun(run, 'goes on');
      await run.over;
      if (run.state.ended !== null) {
        return success(run.state);
      }
      return failure(run.suspended ?? t('Another window or command line goes on with the run.'));
    }
    if (isCancelled()) {
      await workspace.control.stop(group);
    }
    await nextChange(workspace);
    await workspace.refreshGroup(group);
  }
}

/** Resumes a run without a holder; `null` if another process holds it. A string is the failure, as a sentence. */
async function resumeIfFree(
  workspace: Workspace,
  group: GroupKey,
  holder: 'mine' | 'other' | 'nobody',
): Promise<ActiveRun | string | null> {
  if (holder !== 'nobody') {
    return null;
  }
  const resumed = await workspace.control.resume(group);
  if (resumed.ok) {
    return resumed.value;
  }
  return resumed.failure.reason === 'held' ? null : resumed.failure.message;
}

async function nextChange(workspace: Workspace): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, LIVENESS_MS);
    const subscription = workspace.bus.subscribe('workspace.changed', 'workflow', done);
    function done(): void {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    }
  });
}
