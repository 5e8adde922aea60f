import type { TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { TaskView } from '../../shared/view-models/group-views.ts';
import { plural } from '../../shared/words/durations.ts';

/** What holds tasks back, and what would set them free. */
export interface BlockedFacts {
  readonly tasks: readonly TaskView[];
  /** `Finishing ops-7 frees 2 tasks.`, the most useful first. */
  readonly advice: readonly string[];
}

/** Blocked tasks, and for each task that alone holds others back what finishing it would free. */
export function blockedFacts(tasks: readonly TaskView[]): BlockedFacts {
  const blocked = tasks.filter(({ blockedBy }) => blockedBy.length > 0);
  const frees = new Map<TaskKey, { readonly id: string; count: number }>();
  for (const { blockedBy } of blocked) {
    const [only, ...others] = blockedBy;
    if (only === undefined || others.length > 0) {
      continue;
    }
    const entry = frees.get(only.key) ?? { id: only.id, count: 0 };
    entry.count += 1;
    frees.set(only.key, entry);
  }
  const advice = [...frees.values()]
    .sort((a, b) => b.count - a.count)
    .map(({ id, count }) => t('Finishing {0} frees {1}.', id, plural(count, 'task')));
  return { tasks: blocked, advice };
}
