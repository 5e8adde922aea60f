import type { TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { TaskView } from '../../shared/view-models/group-views.ts';
import { plural } from '../../shared/words/durations.ts';

/** The blocked tasks of a group and advice on how to unblock them. */
export interface BlockedFacts {
  readonly tasks: readonly TaskView[];
  /** One sentence each: `Finishing ops-7 frees 2 tasks.` The one that unblocks most tasks is first. */
  readonly advice: readonly string[];
}

/** Finds the blocked tasks, and for each task that is the only blocker of others, how many it would unblock. */
export function blockedFacts(tasks: readonly TaskView[]): BlockedFacts {
  const blocked = tasks.filter(({ blockedBy }) => blockedBy.length > 0);
  const unblocks = new Map<TaskKey, { readonly id: string; count: number }>();
  for (const { blockedBy } of blocked) {
    const [only, ...others] = blockedBy;
    if (only === undefined || others.length > 0) {
      continue;
    }
    const entry = unblocks.get(only.key) ?? { id: only.id, count: 0 };
    entry.count += 1;
    unblocks.set(only.key, entry);
  }
  const advice = [...unblocks.values()]
    .sort((a, b) => b.count - a.count)
    .map(({ id, count }) => t('Finishing {0} frees {1}.', id, plural(count, 'task')));
  return { tasks: blocked, advice };
}
