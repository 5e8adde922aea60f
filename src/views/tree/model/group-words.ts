import type { GroupKey } from '../../../shared/ids.ts';
import type { GroupView } from '../../../shared/view-models/group-views.ts';
import { plural } from '../../../shared/words/durations.ts';
import { shortSources } from './source-names.ts';

/** For each group that shares its name with another: the part of its source that distinguishes them. */
export function ambiguousNames(
  groups: readonly Pick<GroupView, 'key' | 'title' | 'source'>[],
): ReadonlyMap<GroupKey, string> {
  const byTitle = new Map<string, Pick<GroupView, 'key' | 'source'>[]>();
  for (const group of groups) {
    const title = group.title.toLowerCase();
    const same = byTitle.get(title);
    if (same === undefined) {
      byTitle.set(title, [group]);
    } else {
      same.push(group);
    }
  }
  const names = new Map<GroupKey, string>();
  for (const same of byTitle.values()) {
    const short = same.length < 2 ? null : shortSources(same.map(({ source }) => source));
    for (const { key, source } of short === null ? [] : same) {
      names.set(key, short?.get(source) ?? source);
    }
  }
  return names;
}

/** The conflict forecast of a group in a few words, such as "⚠ 2 tasks name src/a.ts"; empty without conflicts. */
export function conflictWords({ problems, tasks }: Pick<GroupView, 'problems' | 'tasks'>): string {
  const shared = problems.filter(({ code }) => code === 'shared-file');
  const [first] = shared;
  if (first === undefined) {
    return '';
  }
  const counts = new Map<string, number>();
  for (const file of tasks.flatMap(({ files }) => [...new Set(files)])) {
    counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  const named = [...counts].find(([file, count]) => count > 1 && first.message.includes(file));
  const more = shared.length > 1 ? ` and ${plural(shared.length - 1, 'more file')}` : '';
  return named === undefined
    ? `⚠ ${plural(shared.length, 'shared file')}`
    : `⚠ ${named[1]} tasks name ${named[0]}${more}`;
}
