import type { GroupKey } from '../../shared/ids.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';

/** The group to show: the chosen one, else one that is running, else the last one that ran, else the first. */
export function firstGroup(
  groups: readonly GroupView[],
  chosen: GroupKey | null,
): GroupView | null {
  const [newest] = groups
    .filter(({ run }) => run !== null)
    .toSorted((a, b) => (b.run?.startedAt ?? 0) - (a.run?.startedAt ?? 0));
  return (
    groups.find(({ key }) => key === chosen) ??
    groups.find(({ run }) => run !== null && run.state !== 'ended') ??
    newest ??
    groups[0] ??
    null
  );
}
