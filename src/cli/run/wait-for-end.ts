import type { RunState } from '../../coordinator/run/state/state.ts';
import type { Workspace } from '../../engine/workspace/workspace.ts';
import type { GroupKey } from '../../shared/ids.ts';

/** How often a holder that was killed is looked for, ms: it cannot tell anybody. */
const LIVENESS_MS = 2000;
/** A window that reloads lets go of its runs and takes them up again within this time, ms. */
const ADOPTION_MS = 10_000;

export type RunEnd =
  | { readonly kind: 'ended'; readonly state: RunState }
  /** Nobody coordinates it, so it would never end. */
  | { readonly kind: 'abandoned'; readonly state: RunState }
  | { readonly kind: 'timeout'; readonly state: RunState };

export interface WaitOptions {
  /** ms; `null` = as long as it takes. */
  readonly timeoutMs: number | null;
  /** Whether somebody else may be about to take the run up, so that nobody holding it is no reason to give up at once. */
  readonly changingHands: boolean;
}

/** Follows the journal of a group's newest run, whoever coordinates it, until it is over. `null`: it never ran. */
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
    await somethingChanges(workspace, Math.min(LIVENESS_MS, deadline - now));
    await workspace.lookAgain(key);
  }
}

async function somethingChanges(workspace: Workspace, limitMs: number): Promise<void> {
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
