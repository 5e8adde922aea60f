import { asGroupKey, asTaskKey, type GroupKey, type TaskKey } from '../shared/ids.ts';

/** The page's state that persists while it is hidden and when the window reloads. */
export interface SavedState {
  readonly group: GroupKey | null;
  /** Tasks whose details are open. */
  readonly expanded: readonly TaskKey[];
}

/** Parses the result of `getState`. Ignores values that have another shape. */
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
