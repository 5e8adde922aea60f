import { asGroupKey, asTaskKey, type GroupKey, type TaskKey } from '../shared/ids.ts';

/** What the page remembers while it is hidden, and over a reload of the window. */
export interface SavedState {
  readonly group: GroupKey | null;
  /** Tasks whose details are open. */
  readonly expanded: readonly TaskKey[];
}

/** Reads what `getState` returned; anything that is not ours counts as nothing. */
export function readSavedState(state: unknown): SavedState {
  const { group, expanded } = asRecord(state);
  return {
    group: typeof group === 'string' ? asGroupKey(group) : null,
    expanded: Array.isArray(expanded)
      ? expanded.filter((key) => typeof key === 'string').map(asTaskKey)
      : [],
  };
}

function asRecord(value: unknown): { readonly group?: unknown; readonly expanded?: unknown } {
  return typeof value === 'object' && value !== null ? value : {};
}
