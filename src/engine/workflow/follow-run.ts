import type { RunState } from '../../coordinator/run/state/state.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { ActiveRun } from '../run/active-run.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A holder that was killed says nothing of it: it is looked for this often, ms. */
const LIVENESS_MS = 1000;

interface Followers {
  readonly onRun: (run: ActiveRun, verb: string) => void;
  readonly isCancelled: () => boolean;
}

/**
 * Sees the newest run of a group to its end: ours, one that nobody coordinates (it is taken up), or another's. The
 * failure is a sentence.
 */
export async function followRun(
  workspace: Workspace,
  group: GroupKey,
  { onRun, isCancelled }: Followers,
): Promise<Result<RunState, string>> {
  for (;;) {
    const current = workspace.runs.newestOf(group);
    if (current === null) {
      return failure(t('The run of the workflow cannot be found any more.'));
    }
    if (current.state.ended !== null) {
      return success(current.state);
    }
    const held =
      workspace.runs.active(group) ?? (await takeUp(workspace, group, current.holder.holder));
    if (typeof held === 'string') {
      return failure(held);
    }
    if (held !== null) {
      onRun(held, 'goes on');
      await held.over;
      if (held.state.ended !== null) {
        return success(held.state);
      }
      return failure(held.suspended ?? t('Another window or command line goes on with the run.'));
    }
    if (isCancelled()) {
      await workspace.control.stop(group);
    }
    await somethingChanges(workspace);
    await workspace.lookAgain(group);
  }
}

/** `null`: another holds it. */
async function takeUp(
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

async function somethingChanges(workspace: Workspace): Promise<void> {
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
