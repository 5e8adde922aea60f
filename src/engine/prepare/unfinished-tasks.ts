import type { RunState } from '../../coordinator/run/state/state.ts';

const UNFINISHED: ReadonlySet<string> = new Set(['failed', 'cancelled', 'blocked', 'completed']);

/**
 * Creates a predicate for the tasks that a retry runs: it excludes those that the previous run did not try or had
 * finished.
 */
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
