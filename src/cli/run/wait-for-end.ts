import type { RunState } from '../../coordinator/run/state/state.ts';
import type { Workspace } from '../../engine/workspace/workspace.ts';
import type { GroupKey } from '../../shared/ids.ts';

/** How often to check whether the holder was killed, ms: a killed holder reports nothing. */
const LIVENESS_MS = 2000;
/** A window that reloads releases its runs and resumes them within this time, ms. */
const ADOPTION_MS = 10_000;

export type RunEnd =
  | { readonly kind: 'ended'; readonly state: RunState }
  /** No process coordinates the run, so it would never end. */
  | { readonly kind: 'abandoned'; readonly state: RunState }
  | { readonly kind: 'timeout'; readonly state: RunState };

export interface WaitOptions {
  /** ms; `null` = no limit. */
  readonly timeoutMs: number | null;
  /** Whether another process may be about to resume the run, so that a run without a holder does not end the wait yet. */
  readonly changingHands: boolean;
}

/** Waits for the end of a group's newest run in any process. `null`: the group never ran. */
export async function waitForEnd(
  workspace: Workspace,
  key: GroupKey,
  options: WaitOptions,
): Promise<RunEnd | null> {
  const first = workspace.runs.newestOf(key);
  if (first === null) {
    return null;
  }
  const deadline = options.timeoutMs === null ? Infinity : performance.now() + options.timeoutMs;
  let freeSince = options.changingHands ? null : -Infinity;
  for (;;) {
    const { state, holder } = workspace.runs.newestOf(key) ?? first;
    if (state.ended !== null) {
      return { kind: 'ended', state };
    }
    const now = performance.now();
    if (now >= deadline) {
      return { kind: 'timeout', state };
    }
    if (holder.holder === 'nobody') {
      freeSince ??= now;
      if (now - freeSince > ADOPTION_MS) {
        return { kind: 'abandoned', state };
      }
    } else {
      freeSince = null;
    }
    await nextChange(workspace, Math.min(LIVENESS_MS, deadline - now));
    await workspace.refreshGroup(key);
  }
}

async function nextChange(workspace: Workspace, limitMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, Math.max(1, limitMs));
    const subscription = workspace.bus.subscribe('workspace.changed', 'wait', done);
    function done(): void {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    }
  });
}
