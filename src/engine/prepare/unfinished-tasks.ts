import type { RunState } from '../../coordinator/run/state/state.ts';

const UNFINISHED: ReadonlySet<string> = new Set(['failed', 'cancelled', 'blocked', 'completed']);

/** Whether a retry has to do with a task: it leaves alone what the run before did not try, or had finished. */
export function unfinishedIn(
  previous: RunState,
): (task: { readonly fingerprint: string }) => boolean {
  const unfinished = new Set(
    previous.order
      .filter(({ state }) => UNFINISHED.has(state.kind))
      .map(({ planned }) => planned.fingerprint),
  );
  return ({ fingerprint }) => unfinished.has(fingerprint);
}
